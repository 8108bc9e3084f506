namespace Fmm.Components;

/// <summary>The root's cube: it holds every source and every target.</summary>
/// <param name="Centre">Centre of the cube, in the user's units.</param>
/// <param name="HalfWidth">Half of the edge, in the user's units; above 0.</param>
public readonly record struct RootCube(Position Centre, double HalfWidth)
{
    /// <summary>How far the cube reaches beyond the outermost point, relative to its half width: points on the faces stay inside.</summary>
    public const double Margin = 1e-10;

    // Below this the inverse of a cell's width would overflow.
    private const double Smallest = 1e-290;

    // Half widths have so many significant bits and centres are multiples of 2^-22 of them, so that the centres of all nodes
    // are exact in f64 unless the cube lies thousands of its widths from the origin.
    private const int Bits = 20;

    /// <summary>The cube that encloses a box.</summary>
    /// <param name="low">Least coordinates of all points.</param>
    /// <param name="high">Greatest coordinates of all points.</param>
    /// <returns>
    /// A cube around the box's centre, on a grid that keeps the nodes' centres exact. When all points coincide its half width is 1, or 2^-20 of the largest coordinate where that is more,
    /// so that a cell still has a width next to the coordinates. An empty box (high below low) gives the unit cube around the origin.
    /// </returns>
    public static RootCube Enclose(Position low, Position high)
    {
        if (!(low.X <= high.X && low.Y <= high.Y && low.Z <= high.Z)) return new RootCube(new Position(0, 0, 0), 1);
        Position centre = new((0.5 * low.X) + (0.5 * high.X), (0.5 * low.Y) + (0.5 * high.Y), (0.5 * low.Z) + (0.5 * high.Z));
        double largest = Math.Max(Math.Abs(centre.X), Math.Max(Math.Abs(centre.Y), Math.Abs(centre.Z)));
        double half = Math.Max(Reach(low.X, high.X, centre.X), Math.Max(Reach(low.Y, high.Y, centre.Y), Reach(low.Z, high.Z, centre.Z)));
        if (half == 0) return OnGrid(centre, Math.Max(1, largest / (1 << 20)));
        // Points that differ only in the last bits of large coordinates: keep the cube's faces representable next to its centre.
        return OnGrid(centre, Math.Max(Math.Max(half * (1 + Margin), largest * 8.8817841970012523e-16), Smallest));
    }

    /// <summary>A cube on the grid that holds a given one.</summary>
    /// <param name="centre">Centre of the cube.</param>
    /// <param name="halfWidth">Half of its edge, above 0.</param>
    /// <returns>A cube wider by a few millionths at most.</returns>
    public static RootCube OnGrid(Position centre, double halfWidth)
    {
        int exponent = Math.ILogB(halfWidth);
        double step = Math.ScaleB(1, exponent - Bits - 2);
        Position moved = new(Nearest(centre.X, step), Nearest(centre.Y, step), Nearest(centre.Z, step));
        bool stays = moved.X == centre.X && moved.Y == centre.Y && moved.Z == centre.Z;
        double fine = Math.ScaleB(1, exponent - Bits);
        return new RootCube(moved, Math.Ceiling((stays ? halfWidth : halfWidth + step) / fine) * fine);
    }

    // Coordinates of more than 2^53 steps are multiples of a step as they are.
    private static double Nearest(double value, double step) => Math.Abs(value) < step * 4503599627370496 ? Math.Round(value / step) * step : value;

    private static double Reach(double low, double high, double centre) => Math.Max(high - centre, centre - low);
}
