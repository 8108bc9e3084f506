using Fmm.Components;

namespace Fmm.Samples;

/// <summary>Points spread evenly on a sphere: a spiral from pole to pole that turns by the golden angle from each to the next (Swinbank and Purser 2006).</summary>
public static class SphereSpiral
{
    /// <summary>The points.</summary>
    /// <param name="count">Number of points.</param>
    /// <param name="radius">Radius of the sphere about the origin.</param>
    /// <param name="turn">Angle of the first point about the z axis.</param>
    public static Position[] Of(int count, double radius, double turn = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Position[] points = new Position[count];
        for (int i = 0; i < count; i++)
        {
            double height = 1 - (((2 * i) + 1.0) / count), side = radius * Math.Sqrt(1 - (height * height));
            (double sine, double cosine) = Math.SinCos(turn + (i * Math.PI * (3 - Math.Sqrt(5))));
            points[i] = new Position(side * cosine, side * sine, radius * height);
        }

        return points;
    }
}
