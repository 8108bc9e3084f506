using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Gives every source and target the 63-bit Morton key of its cell at level 21, and outliers a key behind all.</summary>
/// <param name="world">The world, with the resources <see cref="PointInput"/>, <see cref="TreeShape"/>, <see cref="Outliers"/> and <see cref="MortonKeys"/>.</param>
public sealed class EncodeKeys(World world) : TreeSystem(world)
{
    private readonly EncodeJob _job = new();

    /// <inheritdoc/>
    private protected override TreePath ActsFrom => TreePath.Built;

    /// <inheritdoc/>
    protected override Access Touched => new Access().ReadResource<PointInput>().ReadResource<TreeShape>().ReadResource<Outliers>().WriteResource<MortonKeys>();

    /// <inheritdoc/>
    protected override void Build()
    {
        PointInput input = World.Resource<PointInput>();
        MortonKeys keys = World.Resource<MortonKeys>();
        TreeShape shape = World.Resource<TreeShape>();
        Outliers outliers = World.Resource<Outliers>();
        _job.Run(shape, outliers, input.PlacedSources, keys.Sources, Jobs);
        if (input.Shared) keys.Targets.Resize(0);
        else _job.Run(shape, outliers, input.PlacedTargets, keys.Targets, Jobs);
    }

    /// <summary>The key of one point inside the root's cube.</summary>
    internal static ulong Key(TreeShape shape, in Position point)
    {
        ulong key = NodeGeometry.Key(shape.RootCube, point);
        return shape.Repeats && shape.WholeLevel > 0 ? InBox(shape, key) : key;
    }

    // A point at the wall of a box that is shorter than the root may be rounded into the cell behind it.
    internal static ulong InBox(TreeShape shape, ulong key)
    {
        (uint x, uint y, uint z) = Morton.Decode(key);
        return Morton.Encode(InBox(shape, 0, x), InBox(shape, 1, y), InBox(shape, 2, z));
    }

    private static uint InBox(TreeShape shape, int axis, uint cell) =>
        Math.Min(cell, (uint)(shape.NodesAlong(axis, Morton.MaxLevel) is int cells and > 0 ? cells : Morton.MaxCells) - 1);
}
