using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Pointers to the sorted points' columns, as the operators that touch particles take them.</summary>
internal sealed unsafe class PointColumns<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T* _sourceX, _sourceY, _sourceZ, _charges, _targetX, _targetY, _targetZ;

    /// <summary>Adds what <see cref="Read"/> takes to a declaration.</summary>
    public static Access Declare(Access access) => access.ReadResource<PointRows>()
        .Gather<RelativeX<T>>().Gather<RelativeY<T>>().Gather<RelativeZ<T>>().GatherBlock<Charge, T>();

    public void Read(PointRows rows)
    {
        Chunk sources = rows.Sources.Chunk, targets = rows.Targets.Chunk;
        _sourceX = (T*)sources.ReadPointer<RelativeX<T>>();
        _sourceY = (T*)sources.ReadPointer<RelativeY<T>>();
        _sourceZ = (T*)sources.ReadPointer<RelativeZ<T>>();
        _charges = sources.ReadBlock<Charge, T>().Pointer;
        _targetX = (T*)targets.ReadPointer<RelativeX<T>>();
        _targetY = (T*)targets.ReadPointer<RelativeY<T>>();
        _targetZ = (T*)targets.ReadPointer<RelativeZ<T>>();
    }

    /// <summary>Targets relative to their leaf's centre; lanes beyond the count read the next leaf's, or the column's padding.</summary>
    public PointList<T> Targets(int start, int count) => new(_targetX + start, _targetY + start, _targetZ + start, count);

    /// <summary>Sources relative to their leaf's centre.</summary>
    public PointList<T> Sources(int start, int count) => new(_sourceX + start, _sourceY + start, _sourceZ + start, count);

    /// <summary>Charges from a source on.</summary>
    public T* Charges(int start, int components) => _charges + ((nint)start * components);

    /// <summary>A run that sources are gathered into.</summary>
    public SourceScratch<T> Scratch(T* memory, int components) => new(memory, _sourceX, _sourceY, _sourceZ, _charges, components);
}
