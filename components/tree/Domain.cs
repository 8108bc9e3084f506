namespace Fmm.Components;

/// <summary>The root's cube: it holds every source and every target.</summary>
/// <param name="Centre">Centre of the cube, in the user's units.</param>
/// <param name="HalfWidth">Half of the edge, in the user's units; above 0.</param>
public readonly record struct Domain(Position Centre, double HalfWidth)
{
    /// <summary>How far the cube reaches beyond the outermost point, relative to its half width: points on the faces stay inside.</summary>
    public const double Margin = 1e-10;

    // Below this the cells of level 21 would have no width in f64; the square of a distance would underflow long before.
    private const double Smallest = 1e-150;

    /// <summary>The cube that encloses a box.</summary>
    /// <param name="low">Least coordinates of all points.</param>
    /// <param name="high">Greatest coordinates of all points.</param>
    /// <returns>
    /// A cube around the box's centre. When all points coincide its half width is 1, or 2^-20 of the largest coordinate where that is more,
    /// so that a cell still has a width next to the coordinates. An empty box (high below low) gives the unit cube around the origin.
    /// </returns>
    public static Domain Enclose(Position low, Position high)
    {
        if (!(low.X <= high.X && low.Y <= high.Y && low.Z <= high.Z))
        {
            return new Domain(new Position(0, 0, 0), 1);
        }

        Position centre = new((0.5 * low.X) + (0.5 * high.X), (0.5 * low.Y) + (0.5 * high.Y), (0.5 * low.Z) + (0.5 * high.Z));
        double largest = Math.Max(Math.Abs(centre.X), Math.Max(Math.Abs(centre.Y), Math.Abs(centre.Z)));
        double half = Math.Max(Reach(low.X, high.X, centre.X), Math.Max(Reach(low.Y, high.Y, centre.Y), Reach(low.Z, high.Z, centre.Z)));
        if (half == 0)
        {
            return new Domain(centre, Math.Max(1, largest / (1 << 20)));
        }

        // Points that differ only in the last bits of large coordinates: keep the cube's faces representable next to its centre.
        return new Domain(centre, Math.Max(Math.Max(half * (1 + Margin), largest * 8.8817841970012523e-16), Smallest));
    }

    private static double Reach(double low, double high, double centre) => Math.Max(high - centre, centre - low);
}
