using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Finds the root's cube: the bounding box of sources and targets, reduced over fixed runs of points. A few points far from all others
/// are left out of it as <see cref="Outliers"/>.
/// </summary>
/// <param name="world">The world, with the resources <see cref="PointInput"/>, <see cref="TreeShape"/> and <see cref="Outliers"/>.</param>
/// <param name="quantised">
/// Widen the cube to the next quarter power of two: a kernel that has operators for each level then keeps them while the points move.
/// </param>
/// <param name="scaled">Let the operators compute in units of the cube, which asks for a kernel that can be rescaled.</param>
/// <param name="box">
/// The box, where it repeats: the root is a cube of its longest edge then, or of a power of two times that where points reach farther along a
/// free axis, and points outside are wrapped or refused. None of them is an outlier.
/// </param>
public sealed unsafe class BoundPoints(World world, bool quantised = false, bool scaled = false, PeriodicBox? box = null) : TreeSystem(world)
{
    private const double Room = 1.0 / 16;
    private const int PointsAUnit = 32768;
    private readonly NativeBuffer<Box> _boxes = new(world.Ledger, "bound.boxes");
    private readonly BoxJob _job = new();
    private readonly BulkSample _sample = new(world.Ledger);
    private RankLink? _link;
    private readonly WrapPoints? _wrap = box is null ? null : new WrapPoints(world.Ledger, box);

    internal BoundPoints(World world, bool quantised, bool scaled, PeriodicBox? box, RankLink? link)
        : this(world, quantised, scaled, box) => _link = link;

    /// <summary>
    /// A cube of the next quarter power of two, and a millionth more: wherever its centre comes to lie on the grid, it has that size and no other.
    /// </summary>
    internal static RootCube Quantised(in RootCube domain)
    {
        const int Bits = 20;
        double size = Math.Pow(2, Math.Ceiling(4 * Math.Log2(domain.HalfWidth)) / 4), fine = Math.ScaleB(1, Math.ILogB(size) - Bits);
        return new RootCube(RootCube.OnGrid(domain.Centre, size).Centre, (Math.Ceiling(size / fine) + 1) * fine);
    }

    /// <inheritdoc/>
    private protected override TreePath ActsFrom => TreePath.Built;

    /// <inheritdoc/>
    protected override Access Touched
    {
        get
        {
            Access access = new Access().ReadResource<Following>().WriteResource<TreeShape>().WriteResource<Outliers>();
            if (box is not null) access = access.ReadResource<EntityInput>();
            if (_link is not null) return access.WriteResource<GivenInput>().WriteResource<RankLink>();
            return box is null ? access.ReadResource<PointInput>() : access.WriteResource<PointInput>();
        }
    }

    /// <inheritdoc/>
    protected override void Build()
    {
        PointInput input = _link is null ? World.Resource<PointInput>() : World.Resource<GivenInput>().Points;
        Outliers outliers = World.Resource<Outliers>();
        outliers.Clear();
        _job.Bulk = outliers;
        if (_wrap is not null)
        {
            _wrap.Run(input, World.Resource<EntityInput>(), Jobs);
            Box reach = box!.Axes == PeriodicAxes.XYZ ? Box.Empty : Bound(input).All;
            TreeShape shape = World.Resource<TreeShape>();
            shape.Enclose(WrapPoints.Root(box, reach.Low, reach.High), scaled);
            shape.Repeat(box);
            return;
        }

        (Box sources, Box all) = Bound(input);
        RootCube domain = RootCube.Enclose(all.Low, all.High);
        if (Suspects(input, domain.HalfWidth, out long points))
        {
            outliers.Set(_sample.Centre, _sample.Radius, 0, 0);
            (sources, Box bulk) = Bound(input);
            (int beyond, int inAll) = (sources.Beyond, bulk.Beyond);
            if (_link is not null) (beyond, inAll) = OfAllRanks(beyond, inAll);
            if (inAll > BulkSample.Limit(points)) outliers.Clear();
            else
            {
                outliers.Set(_sample.Centre, _sample.Radius, beyond, input.Shared ? beyond : inAll - beyond);
                domain = RootCube.Enclose(bulk.Low, bulk.High);
            }
        }

        // Points that left the last cube are on their way: the next one has room for some steps.
        if (World.Resource<Following>().HasEscaped) domain = RootCube.OnGrid(domain.Centre, domain.HalfWidth * (1 + Room));
        World.Resource<TreeShape>().Enclose(quantised ? Quantised(domain) : domain, scaled);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _boxes.Dispose();
        _wrap?.Dispose();
        _sample.Dispose();
        base.Dispose();
    }

    private bool Suspects(PointInput input, double halfWidth, out long points)
    {
        int targets = input.Shared ? 0 : input.Targets.Length;
        points = (long)input.Sources.Length + targets;
        if (_link is null) return _sample.Suspects(input, points, halfWidth);
        (Position[] sample, points) = Sample(_link, input);
        return _sample.Suspects(sample, points, halfWidth);
    }

    private (Position[] Points, long Total) Sample(RankLink link, PointInput input)
    {
        long all = 0;
        Position[] sample = [];
        link.Tell(Name, () => sample = RankSample.Of(link.Ranks, input.Sources, input.Shared ? null : input.Targets, BulkSample.Samples, out all));
        return (sample, all);
    }

    private (int Sources, int All) OfAllRanks(int sources, int all)
    {
        long[] counts = [sources, all];
        _link!.Tell(Name, () => _link.Ranks.Sum<long>(counts));
        // Far more than may be outliers is all the same.
        return ((int)Math.Min(counts[0], int.MaxValue), (int)Math.Min(counts[1], int.MaxValue));
    }

    // The box of the sources, and that of all points.
    private (Box Sources, Box All) Bound(PointInput input)
    {
        Box sources = Bound(input.Sources, Box.Empty), all = input.Shared ? sources : Bound(input.Targets, sources);
        return (sources, _link is null ? all : OfAllRanks(all));
    }

    // The box of all ranks' points; those of a rank without any take nothing from the others'.
    private Box OfAllRanks(Box own)
    {
        double[] reach = [-own.Low.X, -own.Low.Y, -own.Low.Z, own.High.X, own.High.Y, own.High.Z];
        _link!.Tell(Name, () => _link.Ranks.Largest<double>(reach));
        own.Low = new Position(-reach[0], -reach[1], -reach[2]);
        own.High = new Position(reach[3], reach[4], reach[5]);
        return own;
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
            box.Beyond += _boxes.Pointer[i].Beyond;
            // A run of nothing but outliers has no corners.
            if (_boxes.Pointer[i].IsEmpty) continue;
            box.Take(_boxes.Pointer[i].Low);
            box.Take(_boxes.Pointer[i].High);
        }

        return box;
    }

    private struct Box
    {
        public Position Low;
        public Position High;
        public int Beyond;

        public static Box Empty => new()
        {
            Low = new Position(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity),
            High = new Position(double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity),
        };

        public readonly bool IsEmpty => Low.X > High.X;

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
        public Outliers? Bulk;
        public int Count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int unit, int worker)
        {
            Box box = Box.Empty;
            Position centre = Bulk!.Centre;
            double radius = Bulk.Radius;
            Position* point = Points + ((long)unit * PointsAUnit), last = Points + Math.Min(Count, (unit + 1L) * PointsAUnit);
            if (double.IsPositiveInfinity(radius))
            {
                for (; point < last; point++) box.Take(*point);
            }
            else
            {
                for (; point < last; point++)
                {
                    if (Outliers.IsBeyond(*point, centre, radius)) box.Beyond++;
                    else box.Take(*point);
                }
            }

            Boxes[unit] = box;
        }
    }
}
