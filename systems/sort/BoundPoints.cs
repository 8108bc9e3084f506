using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Finds the root's cube: the bounding box of sources and targets, reduced over fixed runs of points.</summary>
/// <param name="world">The world, with the resources <see cref="PointInput"/> and <see cref="TreeShape"/>.</param>
/// <param name="quantised">
/// Widen the cube to the next quarter power of two: a kernel that has operators for each level then keeps them while the points move.
/// </param>
/// <param name="scaled">Let the operators compute in units of the cube, which asks for a kernel that can be rescaled.</param>
public sealed unsafe class BoundPoints(World world, bool quantised = false, bool scaled = false) : BaseSystem<World, FieldStep>(world)
{
    private const int PointsAUnit = 32768;
    private readonly NativeBuffer<Box> _boxes = new(world.Ledger, "bound.boxes");
    private readonly BoxJob _job = new();

    /// <inheritdoc/>
    public override Access Access => new Access().ReadResource<PointInput>().WriteResource<TreeShape>();

    /// <inheritdoc/>
    public override void Update(in FieldStep step)
    {
        if (!step.PointsChanged)
        {
            return;
        }

        PointInput input = World.Resource<PointInput>();
        Box box = Bound(input.Sources, Box.Empty);
        if (!input.Shared)
        {
            box = Bound(input.Targets, box);
        }

        Domain domain = Domain.Enclose(box.Low, box.High);
        World.Resource<TreeShape>().Enclose(
            quantised ? Domain.OnGrid(domain.Centre, Math.Pow(2, Math.Ceiling(4 * Math.Log2(domain.HalfWidth)) / 4)) : domain, scaled);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _boxes.Dispose();
        base.Dispose();
    }

    private Box Bound(NativeBuffer<Position> points, Box box)
    {
        int units = (points.Length + PointsAUnit - 1) / PointsAUnit;
        _boxes.Resize(units);
        _job.Points = points.Pointer;
        _job.Count = points.Length;
        _job.Boxes = _boxes.Pointer;
        Jobs.For(units, _job);
        for (int i = 0; i < units; i++)
        {
            box.Take(_boxes.Pointer[i].Low);
            box.Take(_boxes.Pointer[i].High);
        }

        return box;
    }

    private struct Box
    {
        public Position Low;
        public Position High;

        public static Box Empty => new()
        {
            Low = new Position(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity),
            High = new Position(double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity),
        };

        public void Take(in Position point)
        {
            Low.X = point.X < Low.X ? point.X : Low.X;
            Low.Y = point.Y < Low.Y ? point.Y : Low.Y;
            Low.Z = point.Z < Low.Z ? point.Z : Low.Z;
            High.X = point.X > High.X ? point.X : High.X;
            High.Y = point.Y > High.Y ? point.Y : High.Y;
            High.Z = point.Z > High.Z ? point.Z : High.Z;
        }
    }

    private sealed class BoxJob : IJob
    {
        public Position* Points;
        public Box* Boxes;
        public int Count;

        public void Execute(int unit, int worker)
        {
            Box box = Box.Empty;
            for (int i = unit * PointsAUnit, end = (int)Math.Min(Count, (unit + 1L) * PointsAUnit); i < end; i++)
            {
                box.Take(Points[i]);
            }

            Boxes[unit] = box;
        }
    }
}
