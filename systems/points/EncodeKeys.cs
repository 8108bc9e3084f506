using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Gives every source and target the 63-bit Morton key of its cell at level 21, and outliers a key behind all.</summary>
/// <param name="world">The world, with the resources <see cref="PointInput"/>, <see cref="TreeShape"/>, <see cref="Outliers"/> and <see cref="MortonKeys"/>.</param>
public sealed unsafe class EncodeKeys(World world) : TreeSystem(world)
{
    private const int PointsAUnit = 16384;
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
        _job.RootCube = shape.RootCube;
        _job.Shape = shape.Repeats && shape.WholeLevel > 0 ? shape : null;
        _job.Outliers = World.Resource<Outliers>();
        Encode(input.PlacedSources, keys.Sources);
        if (input.Shared)
        {
            keys.Targets.Resize(0);
        }
        else
        {
            Encode(input.PlacedTargets, keys.Targets);
        }
    }

    private void Encode(NativeBuffer<Position> points, NativeBuffer<ulong> keys)
    {
        keys.Resize(points.Length);
        _job.Points = points.Pointer;
        _job.Keys = keys.Pointer;
        _job.Count = points.Length;
        Jobs.For((points.Length + PointsAUnit - 1) / PointsAUnit, _job);
    }

    /// <summary>The key of one point inside the root's cube.</summary>
    internal static ulong Key(TreeShape shape, in Position point)
    {
        ulong key = NodeGeometry.Key(shape.RootCube, point);
        return shape.Repeats && shape.WholeLevel > 0 ? InBox(shape, key) : key;
    }

    // A point at the wall of a box that is shorter than the root may be rounded into the cell behind it.
    private static ulong InBox(TreeShape shape, ulong key)
    {
        (uint x, uint y, uint z) = Morton.Decode(key);
        return Morton.Encode(InBox(shape, 0, x), InBox(shape, 1, y), InBox(shape, 2, z));
    }

    private static uint InBox(TreeShape shape, int axis, uint cell) =>
        Math.Min(cell, (uint)(shape.NodesAlong(axis, Morton.MaxLevel) is int cells and > 0 ? cells : Morton.MaxCells) - 1);

    private sealed class EncodeJob : IJob
    {
        public RootCube RootCube;
        public TreeShape? Shape;
        public Outliers? Outliers;
        public Position* Points;
        public ulong* Keys;
        public int Count;

        public void Execute(int unit, int worker)
        {
            int start = unit * PointsAUnit, count = Math.Min(PointsAUnit, Count - start);
            NodeGeometry.Keys(RootCube, new ReadOnlySpan<Position>(Points + start, count), new Span<ulong>(Keys + start, count));
            if (Shape is not null) for (int i = start; i < start + count; i++) Keys[i] = InBox(Shape, Keys[i]);
            if (!Outliers!.Any) return;
            for (int i = start; i < start + count; i++) if (Outliers.Contains(Points[i])) Keys[i] = Fmm.Components.Outliers.Key;
        }
    }
}
