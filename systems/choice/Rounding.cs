namespace Fmm.Systems;

/// <summary>
/// What the rounding of coordinates costs in single precision. A leaf's points are rounded to 2^-25 of its half width, and the closest
/// pairs feel it: the more points stand side by side across a leaf, the larger the error, whatever the order.
/// </summary>
/// <remarks>
/// A million points on a sphere measured 2.5e-6 of rounding with leaves of 200, which have 10 points across by this measure, and 4.6e-6
/// with leaves of 320 (12 across); in a cube it was 6e-7 with leaves of 304 (7 across).
/// </remarks>
internal static class Rounding
{
    private const double Across = 10;
    private const double ErrorAcross = 2.5e-6;

    /// <summary>The relative error that leaves of a capacity add.</summary>
    /// <param name="capacity">Points of a leaf.</param>
    /// <param name="dimension">What the points fill: 3 a volume, 2 a surface, 1 a line.</param>
    public static double Error(int capacity, double dimension)
    {
        double across = Math.Pow(capacity, 1 / Math.Clamp(dimension, 1, 3)) / Across;
        return ErrorAcross * across * across;
    }

    /// <summary>The error that is allowed beside the truncation of an order: the smaller of the two need not be smaller still.</summary>
    public static double Limit(int order) => Math.Max(ErrorAcross, ErrorOfOrder.Least(order));
}
