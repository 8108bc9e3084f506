using Fmm.Components;

namespace Fmm.Samples;

/// <summary>Plummer's star cluster (1911) with core radius 1, cut off at radius 100: the density of the centre is 1e10 times the rim's.</summary>
public readonly struct Plummer : IPointCloud
{
    private const double Rim = 100;

    /// <inheritdoc/>
    public Position Draw(ref Xoshiro256 random)
    {
        while (true)
        {
            // The mass within radius r is r^3 / (1 + r^2)^(3/2); solved for r at a uniform mass.
            double mass = 1 - random.Unit();
            double radius = 1 / Math.Sqrt(Math.Pow(mass, -2.0 / 3) - 1);
            if (radius <= Rim)
            {
                Position direction = default(UnitSphere).Draw(ref random);
                return new Position(radius * direction.X, radius * direction.Y, radius * direction.Z);
            }
        }
    }
}
