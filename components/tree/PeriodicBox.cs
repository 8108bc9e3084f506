namespace Fmm.Components;

/// <summary>
/// A box that repeats: each source acts from all its images, which lie a whole number of edges away along the axes that repeat.
/// </summary>
/// <remarks>
/// Edges along axes that repeat are the same length but for powers of two: then boxes of the tree, which are cubes, fill the box. Along the
/// other axes space is free, origin and edge count for nothing, and points lie where they like within <see cref="MostPeriods"/> of the shortest period.
/// </remarks>
/// <param name="Origin">The corner of least coordinates, in the points' unit.</param>
/// <param name="Edges">The edges along x, y and z, in the points' unit.</param>
/// <param name="Axes">Along which axes it repeats: one, two or three.</param>
public sealed record PeriodicBox(Position Origin, Position Edges, PeriodicAxes Axes = PeriodicAxes.XYZ)
{
    /// <summary>How many times longer than the shortest edge that repeats the longest may be, and the reach of the points along a free axis.</summary>
    public const int MostPeriods = 8;

    /// <summary>
    /// Whether points outside the box are taken for their images inside, which is the same field; by default they are. Otherwise they are refused.
    /// </summary>
    public bool Wraps { get; init; } = true;

    /// <summary>A cube that repeats along all axes.</summary>
    /// <param name="edge">Its edge, in the points' unit.</param>
    /// <param name="origin">The corner of least coordinates; the origin by default.</param>
    public static PeriodicBox Cube(double edge, Position origin = default) => new(origin, new Position(edge, edge, edge));

    /// <summary>Whether the box repeats along an axis.</summary>
    /// <param name="axis">0 x, 1 y, 2 z.</param>
    public bool Repeats(int axis) => ((int)Axes >> axis & 1) != 0;

    /// <summary>The period along an axis, 0 where there is none.</summary>
    /// <param name="axis">0 x, 1 y, 2 z.</param>
    public double Period(int axis) => Repeats(axis) ? axis == 0 ? Edges.X : axis == 1 ? Edges.Y : Edges.Z : 0;

    /// <summary>The longest of the edges that repeat.</summary>
    public double Longest => Math.Max(Period(0), Math.Max(Period(1), Period(2)));

    /// <summary>The shortest of the edges that repeat.</summary>
    public double Shortest
    {
        get
        {
            double shortest = double.PositiveInfinity;
            for (int axis = 0; axis < 3; axis++) if (Repeats(axis)) shortest = Math.Min(shortest, Period(axis));
            return shortest;
        }
    }

    /// <summary>What is wrong with the box and what to do about it; null where nothing is.</summary>
    public string? Fault()
    {
        if (Axes is PeriodicAxes.None || (Axes & ~PeriodicAxes.XYZ) != 0) return "name one, two or three axes along which the box repeats, or leave the box out.";
        if (!double.IsFinite(Origin.X + Origin.Y + Origin.Z)) return "the origin's coordinates must be finite.";
        for (int axis = 0; axis < 3; axis++)
            if (Repeats(axis) && !(Period(axis) is >= 1e-150 and <= 1e150)) return $"the edge along {"xyz"[axis]} must be a length from 1e-150 to 1e150.";
        for (int axis = 0; axis < 3; axis++)
        {
            if (!Repeats(axis)) continue;
            double ratio = Longest / Period(axis), power = Math.Pow(2, Math.Round(Math.Log2(ratio)));
            if (Math.Abs(ratio - power) > 1e-12 * power)
                return $"edges that repeat must be each other's length but for powers of two, and {Longest} is {ratio} times {Period(axis)}: the tree's boxes are cubes.";
            if (ratio > MostPeriods + 0.5) return $"the longest edge that repeats may be {MostPeriods} times the shortest at most.";
        }
        return null;
    }

    /// <summary>A coordinate's image in the box.</summary>
    /// <param name="axis">0 x, 1 y, 2 z.</param>
    /// <param name="value">The coordinate.</param>
    /// <returns>From the origin on, and below the origin plus the edge; along a free axis the coordinate itself.</returns>
    internal double Wrap(int axis, double value)
    {
        double period = Period(axis), low = axis == 0 ? Origin.X : axis == 1 ? Origin.Y : Origin.Z;
        if (period == 0 || (value >= low && value < low + period)) return value;
        double moved = value - (period * Math.Floor((value - low) / period));
        return moved < low || moved >= low + period ? low : moved;
    }

    /// <summary>A point's image in the box.</summary>
    /// <param name="point">The point.</param>
    internal Position Wrap(in Position point) => new(Wrap(0, point.X), Wrap(1, point.Y), Wrap(2, point.Z));

    /// <summary>Whether a point lies in the box.</summary>
    /// <param name="point">The point.</param>
    internal bool Contains(in Position point) =>
        Inside(0, point.X, Origin.X) && Inside(1, point.Y, Origin.Y) && Inside(2, point.Z, Origin.Z);

    private bool Inside(int axis, double value, double low) => !Repeats(axis) || (value >= low && value < low + Period(axis));
}
