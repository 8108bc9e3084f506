namespace Fmm.Components;

/// <summary>
/// Resource: the few points that lie so far from all others that a root which held them would have no cells left for the rest. They stand
/// behind the others in Morton order, belong to no node, and act directly on all points.
/// </summary>
internal sealed class Outliers
{
    /// <summary>The key by which outliers are sorted: behind all cells of the deepest level.</summary>
    public const ulong Key = 1UL << 63;

    /// <summary>Middle of the others, in the user's units.</summary>
    public Position Centre { get; private set; }

    /// <summary>The largest difference of a coordinate from the middle's that the others have; infinite if there are no outliers.</summary>
    public double Radius { get; private set; } = double.PositiveInfinity;

    /// <summary>Number of sources among them.</summary>
    public int Sources { get; private set; }

    /// <summary>Number of targets among them; the sources' if the points are the same.</summary>
    public int Targets { get; private set; }

    /// <summary>Whether there are any.</summary>
    public bool Any => (Sources | Targets) != 0;

    /// <summary>Notes them; called by the system that bounds the points.</summary>
    /// <param name="centre">Middle of the others.</param>
    /// <param name="radius">Their reach.</param>
    /// <param name="sources">Number of sources beyond it.</param>
    /// <param name="targets">Number of targets beyond it.</param>
    public void Set(Position centre, double radius, int sources, int targets)
    {
        Centre = centre;
        Radius = radius;
        Sources = sources;
        Targets = targets;
    }

    /// <summary>There are none.</summary>
    public void Clear() => Set(default, double.PositiveInfinity, 0, 0);

    /// <summary>Whether a point is one of them.</summary>
    /// <param name="point">A point, in the user's units.</param>
    public bool Contains(in Position point) => IsBeyond(point, Centre, Radius);

    /// <summary>Whether a point lies outside the cube of a middle and a radius.</summary>
    /// <param name="point">The point.</param>
    /// <param name="centre">The middle.</param>
    /// <param name="radius">Half of the cube's edge.</param>
    public static bool IsBeyond(in Position point, in Position centre, double radius) =>
        Math.Abs(point.X - centre.X) > radius || Math.Abs(point.Y - centre.Y) > radius || Math.Abs(point.Z - centre.Z) > radius;
}
