using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The user's coordinates of sorted points: the difference of two is rounded once, whatever lies around them.</summary>
internal readonly unsafe struct ExactPoints(Position* sources, InputIndex* sourceIndex, Position* targets, InputIndex* targetIndex)
{
    private static readonly QueryDescription _sources = new QueryDescription().WithAll<SourceTag, InputIndex>();
    private static readonly QueryDescription _targets = new QueryDescription().WithAll<TargetTag, InputIndex>();

    public static ExactPoints Of(World world)
    {
        PointInput input = world.Resource<PointInput>();
        InputRules.Unchanged(input, world.Resource<PointRows>());
        return new ExactPoints(
            input.PlacedSources.Pointer, Index(world.Query(in _sources)), input.PlacedTargets.Pointer, Index(world.Query(in _targets)));
    }

    /// <summary>What <see cref="Of"/> touches.</summary>
    public static Access Access { get; } = new Access()
        .Gather(in _sources).Gather(in _targets).ReadResource<PointInput>().ReadResource<PointRows>();

    /// <summary>The input's row of each sorted source.</summary>
    public InputIndex* SourceIndex => sourceIndex;

    /// <summary>A sorted source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Position Source(int row) => sources[sourceIndex[row].Value];

    /// <summary>A sorted target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Position Target(int row) => targets[targetIndex[row].Value];

    private static InputIndex* Index(Query points) => SortedPoints.Of(points).ReadPointer<InputIndex>();
}
