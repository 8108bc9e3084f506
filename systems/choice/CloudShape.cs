using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// Tells points on a surface from points that fill a volume by how the number of pairs grows with their distance (Grassberger and
/// Procaccia 1983): as its square, or as its cube.
/// </summary>
internal sealed class CloudShape
{
    /// <summary>Points that are looked at.</summary>
    // Of 100 draws each, a cube and a Plummer sphere measured 2.54 at the least, and a sphere and a plane 2.21 at the most. Twice as many
    // take 0.2 ms at every set of points, as much as a step of 1,000 of them.
    public const int Samples = 256;

    // Sixteenths of an octave of the squared distance: the leading bits of its representation.
    private const int Shift = 48;
    private const double Near = 0.003;
    private const double Far = 0.03;

    // A sphere, an ellipsoid and a plane measure 1.9 to 2.1; a cube 2.8.
    private const double Border = 2.4;
    private readonly int[] _histogram = new int[1 << (63 - Shift)];

    /// <summary>True if the points lie on a surface or a line, judged by at most 256 of them.</summary>
    public bool IsSurface(ReadOnlySpan<Position> points)
    {
        Array.Clear(_histogram);
        int count = Math.Min(Samples, points.Length), pairs = 0;
        for (int i = 0; i < count; i++)
        {
            Position a = points[At(i, count, points.Length)];
            for (int j = 0; j < i; j++)
            {
                Position b = points[At(j, count, points.Length)];
                double x = a.X - b.X, y = a.Y - b.Y, z = a.Z - b.Z;
                double square = (x * x) + (y * y) + (z * z);
                if (square == 0) continue;
                _histogram[BitConverter.DoubleToInt64Bits(square) >> Shift]++;
                pairs++;
            }
        }
        int near = Quantile(Near * pairs), far = Quantile(Far * pairs);
        double octaves = Octaves(far) - Octaves(near);
        return octaves > 0 && Math.Log2(Far / Near) / octaves < Border;
    }

    private static int At(int sample, int samples, int points) => (int)((long)sample * points / samples);

    private int Quantile(double pairs)
    {
        int bin = 0;
        for (long seen = 0; bin < _histogram.Length - 1 && (seen += _histogram[bin]) < pairs; bin++)
        {
        }
        return bin;
    }

    // Of the distance, not of its square.
    private static double Octaves(int bin) => 0.5 * Math.Log2(BitConverter.Int64BitsToDouble(((long)bin << Shift) | (1L << (Shift - 1))));
}
