using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The user's coordinates of sorted points: the difference of two is rounded once, whatever lies around them.</summary>
internal readonly unsafe struct ExactPoints(Position* sources, InputIndex* sourceIndex, Position* targets, InputIndex* targetIndex)
{
    public static ExactPoints Of(World world)
    {
        PointInput input = world.Resource<PointInput>();
        PointRows rows = world.Resource<PointRows>();
        InputRules.Unchanged(input, rows);
        return new ExactPoints(
            input.Sources.Pointer, rows.Sources.Chunk.ReadPointer<InputIndex>(), (input.Shared ? input.Sources : input.Targets).Pointer,
            rows.Targets.Chunk.ReadPointer<InputIndex>());
    }

    /// <summary>Adds what <see cref="Of"/> takes to a declaration.</summary>
    public static Access Declare(Access access) => access.ReadResource<PointInput>().ReadResource<PointRows>().Gather<InputIndex>();

    /// <summary>A sorted source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Position Source(int row) => sources[sourceIndex[row].Value];

    /// <summary>A sorted target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Position Target(int row) => targets[targetIndex[row].Value];
}
