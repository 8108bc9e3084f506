using Fmm.Components;

namespace Fmm.Samples;

/// <summary>Uniform on the surface of the sphere of radius 1 about the origin, by Marsaglia's method (1972).</summary>
/// <remarks>It needs a square root only, which IEEE 754 rounds exactly: no library's sine can change the points.</remarks>
public readonly struct UnitSphere : IPointCloud
{
    /// <inheritdoc/>
    public Position Draw(ref Xoshiro256 random)
    {
        while (true)
        {
            double u = random.Between(-1, 1);
            double v = random.Between(-1, 1);
            double s = u * u + v * v;
            if (s < 1)
            {
                double scale = 2 * Math.Sqrt(1 - s);
                return new Position(u * scale, v * scale, 1 - 2 * s);
            }
        }
    }
}
