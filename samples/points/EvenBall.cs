using Fmm.Components;

namespace Fmm.Samples;

/// <summary>
/// Points spread evenly in the ball of radius 1 about the origin: a sequence of low discrepancy in the unit cube (Roberts 2018, the additive recurrence of the
/// generalised golden ratio) carried over to the ball. What they add up to is off the ball's integral by far less than for points drawn at random.
/// </summary>
public static class EvenBall
{
    // The root of g^4 = g + 1.
    private const double Ratio = 1.2207440846057596;

    /// <summary>Draws points.</summary>
    /// <param name="count">Number of points.</param>
    /// <param name="seed">Where the sequence begins.</param>
    public static Position[] Draw(int count, long seed) => Draw(0, count, seed);

    /// <summary>Draws some points of a longer sequence.</summary>
    /// <param name="first">The first point that is kept.</param>
    /// <param name="count">How many are kept.</param>
    /// <param name="seed">Where the whole sequence begins.</param>
    public static Position[] Draw(long first, int count, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Xoshiro256 random = new(seed);
        double a = random.Unit(), b = random.Unit(), c = random.Unit();
        Position[] points = new Position[count];
        for (long i = -first; i < count; i++)
        {
            a = Next(a, Ratio);
            b = Next(b, Ratio * Ratio);
            c = Next(c, Ratio * Ratio * Ratio);
            if (i < 0) continue;
            (double radius, double height, (double sine, double cosine)) = (Math.Cbrt(a), (2 * b) - 1, Math.SinCos(2 * Math.PI * c));
            double side = radius * Math.Sqrt(1 - (height * height));
            points[i] = new Position(side * cosine, side * sine, radius * height);
        }

        return points;
    }

    private static double Next(double at, double ratio) => (at + (1 / ratio)) % 1;
}
