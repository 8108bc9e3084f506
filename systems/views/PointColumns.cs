using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Pointers to the sorted points' columns, as the operators that touch particles take them.</summary>
internal sealed unsafe class PointColumns<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T* _sourceX, _sourceY, _sourceZ, _charges, _targetX, _targetY, _targetZ;

    /// <summary>Sources as operators take them.</summary>
    public static QueryDescription Sources { get; } = new QueryDescription()
        .WithAll<SourceTag, RelativeX<T>, RelativeY<T>, RelativeZ<T>>().WithBlock<SourceCharge, T>();

    /// <summary>Targets as operators take them.</summary>
    public static QueryDescription Targets { get; } = new QueryDescription().WithAll<TargetTag, RelativeX<T>, RelativeY<T>, RelativeZ<T>>();

    /// <summary>Takes the columns of sources.</summary>
    public void ReadSources(Chunk sources)
    {
        _sourceX = (T*)sources.ReadPointer<RelativeX<T>>();
        _sourceY = (T*)sources.ReadPointer<RelativeY<T>>();
        _sourceZ = (T*)sources.ReadPointer<RelativeZ<T>>();
        _charges = sources.ReadBlock<SourceCharge, T>().Pointer;
    }

    /// <summary>Takes the columns of targets.</summary>
    public void ReadTargets(Chunk targets)
    {
        _targetX = (T*)targets.ReadPointer<RelativeX<T>>();
        _targetY = (T*)targets.ReadPointer<RelativeY<T>>();
        _targetZ = (T*)targets.ReadPointer<RelativeZ<T>>();
    }

    /// <summary>Takes another's columns.</summary>
    public void Read(PointColumns<T> other)
    {
        _sourceX = other._sourceX;
        _sourceY = other._sourceY;
        _sourceZ = other._sourceZ;
        _charges = other._charges;
        _targetX = other._targetX;
        _targetY = other._targetY;
        _targetZ = other._targetZ;
    }

    /// <summary>Takes another's points with other charges.</summary>
    public void Read(PointColumns<T> points, T* charges)
    {
        Read(points);
        _charges = charges;
    }

    /// <summary>Takes columns that lie somewhere else.</summary>
    /// <param name="sources">x, y, z of the sources, one after the other.</param>
    /// <param name="sourceStride">Numbers from one of them to the next.</param>
    /// <param name="charges">Their charges.</param>
    /// <param name="targets">x, y, z of the targets.</param>
    /// <param name="targetStride">Numbers from one of them to the next.</param>
    public void Read(T* sources, nint sourceStride, T* charges, T* targets, nint targetStride)
    {
        _sourceX = sources;
        _sourceY = sources + sourceStride;
        _sourceZ = sources + (2 * sourceStride);
        _charges = charges;
        _targetX = targets;
        _targetY = targets + targetStride;
        _targetZ = targets + (2 * targetStride);
    }

    /// <summary>Targets from their leaf's origin; lanes beyond the count read the next leaf's, or the column's padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PointList<T> TargetList(int start, int count) => new(_targetX + start, _targetY + start, _targetZ + start, count);

    /// <summary>Sources from their leaf's origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PointList<T> SourceList(int start, int count) => new(_sourceX + start, _sourceY + start, _sourceZ + start, count);

    /// <summary>Charges from a source on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T* Charges(int start, int components) => _charges + ((nint)start * components);

    /// <summary>A run that sources are gathered into.</summary>
    public SourceScratch<T> Scratch(T* memory, int components) => new(memory, _sourceX, _sourceY, _sourceZ, _charges, components);
}
