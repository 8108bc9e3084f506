using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Finds the points outside a box that repeats, and takes them for their images inside, or refuses them.</summary>
internal sealed unsafe class WrapPoints(Ledger ledger, PeriodicBox box) : IJob, IDisposable
{
    private const int PointsAUnit = 32768;
    private readonly NativeBuffer<int> _outside = new(ledger, "bound.outside");
    private Position* _points, _wrapped;
    private int _count;

    /// <summary>Sets the input's images.</summary>
    /// <param name="input">The points.</param>
    /// <param name="rows">The entities that they are of, if they are.</param>
    /// <param name="jobs">Where it runs.</param>
    /// <exception cref="ArgumentException">A point lies outside, and the box does not wrap.</exception>
    public void Run(PointInput input, EntityInput rows, Jobs jobs)
    {
        Run(input.Sources, input.WrappedSources, "Sources", rows.Sources, jobs);
        if (input.Shared) input.WrappedTargets.Resize(0);
        else Run(input.Targets, input.WrappedTargets, "Targets", rows.Targets, jobs);
    }

    /// <summary>The root's cube around the box and, along its free axes, the points.</summary>
    /// <param name="box">The box.</param>
    /// <param name="low">Least coordinates of the points; asked for along free axes alone.</param>
    /// <param name="high">Greatest coordinates.</param>
    /// <exception cref="ArgumentException">The points reach too far along a free axis.</exception>
    public static RootCube Root(PeriodicBox box, Position low, Position high)
    {
        double edge = box.Longest, reach = 0;
        for (int axis = 0; axis < 3; axis++) if (!box.Repeats(axis)) reach = Math.Max(reach, Along(high, axis) - Along(low, axis));
        // What is not finite is refused with the other input.
        if (double.IsFinite(reach) && reach > 0) while (edge < reach * (1 + RootCube.Margin) && edge <= 2 * PeriodicBox.MostPeriods * box.Shortest) edge *= 2;
        if (edge > PeriodicBox.MostPeriods * box.Shortest * (1 + 1e-9))
        {
            throw new ArgumentException(
                $"The points reach {reach:g4} along an axis that does not repeat, more than {PeriodicBox.MostPeriods} times the shortest period {box.Shortest:g4}: give the box some periods' length with as many copies of the points, or leave out the points far away.");
        }
        return new RootCube(new Position(Centre(0), Centre(1), Centre(2)), 0.5 * edge);

        double Centre(int axis)
        {
            if (box.Repeats(axis)) return Along(box.Origin, axis) + (0.5 * edge);
            double middle = (0.5 * Along(low, axis)) + (0.5 * Along(high, axis));
            return double.IsFinite(middle) ? middle : 0;
        }
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        int end = Math.Min(_count, (unit + 1) * PointsAUnit);
        if (_wrapped is not null)
        {
            for (int i = unit * PointsAUnit; i < end; i++) _wrapped[i] = box.Wrap(_points[i]);
            return;
        }
        int first = int.MaxValue;
        for (int i = end - 1; i >= unit * PointsAUnit; i--) if (!box.Contains(_points[i])) first = i;
        _outside.Pointer[unit] = first;
    }

    /// <inheritdoc/>
    public void Dispose() => _outside.Dispose();

    private static double Along(in Position point, int axis) => axis == 0 ? point.X : axis == 1 ? point.Y : point.Z;

    private void Run(NativeBuffer<Position> points, NativeBuffer<Position> wrapped, string name, EntityRows? rows, Jobs jobs)
    {
        int units = (points.Length + PointsAUnit - 1) / PointsAUnit, first = int.MaxValue;
        _outside.Resize(units);
        _points = points.Pointer;
        _wrapped = null;
        _count = points.Length;
        jobs.For(units, this);
        for (int i = 0; i < units; i++) first = Math.Min(first, _outside.Pointer[i]);
        wrapped.Resize(first == int.MaxValue ? 0 : points.Length);
        if (first == int.MaxValue) return;
        if (!box.Wraps) InputRules.InBox(points.Span, box, $"FmmMethod.Tree.Input.{name}", rows);
        _wrapped = wrapped.Pointer;
        jobs.For(units, this);
    }
}
