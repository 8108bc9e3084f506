using Fmm.Components;

namespace Fmm.Tests.Images;

/// <summary>
/// Ewald's sum over a box that repeats along three axes, as the textbooks have it (Allen and Tildesley; for a screened charge Salin and
/// Caillol 2000): in space with erfc, in waves with Gaussians, between conductors. Of q exp(-k r) / (4 pi r).
/// </summary>
internal sealed class EwaldSum : IImageSum
{
    private readonly Position _edges;
    private readonly double _k, _alpha;
    private readonly int _images, _waves;

    public EwaldSum(Position edges, double k = 0)
    {
        (_edges, _k) = (edges, k);
        double least = Math.Min(edges.X, Math.Min(edges.Y, edges.Z)), most = Math.Max(edges.X, Math.Max(edges.Y, edges.Z));
        _alpha = 3 / least;
        _images = 3;
        _waves = (int)Math.Ceiling(6.2 * 2 * _alpha * most / (2 * Math.PI)) + 1;
    }

    /// <summary>Potential and gradient at a place.</summary>
    public double[] At(Position target, IReadOnlyList<Position> sources, IReadOnlyList<double> charges)
    {
        double[] field = new double[4];
        double volume = _edges.X * _edges.Y * _edges.Z;
        for (int j = 0; j < sources.Count; j++)
        {
            double dx = target.X - sources[j].X, dy = target.Y - sources[j].Y, dz = target.Z - sources[j].Z, q = charges[j] / (4 * Math.PI);
            (dx, dy, dz) = (dx - (_edges.X * Math.Round(dx / _edges.X)), dy - (_edges.Y * Math.Round(dy / _edges.Y)), dz - (_edges.Z * Math.Round(dz / _edges.Z)));
            for (int i = -_images; i <= _images; i++)
            {
                for (int l = -_images; l <= _images; l++)
                {
                    for (int m = -_images; m <= _images; m++)
                    {
                        double x = dx + (i * _edges.X), y = dy + (l * _edges.Y), z = dz + (m * _edges.Z), r = Math.Sqrt((x * x) + (y * y) + (z * z));
                        if (r < 1e-12)
                        {
                            // What is left of the point's own Gaussian.
                            field[0] += q * (-(2 * _alpha / Math.Sqrt(Math.PI) * Math.Exp(-_k * _k / (4 * _alpha * _alpha))) + (_k * Erfc(_k / (2 * _alpha))));
                            continue;
                        }
                        if (_alpha * r > 6.5) continue;
                        double up = Math.Exp(_k * r) * Erfc((_alpha * r) + (_k / (2 * _alpha))), down = Math.Exp(-_k * r) * Erfc((_alpha * r) - (_k / (2 * _alpha)));
                        double gauss = 2 * _alpha / Math.Sqrt(Math.PI) * Math.Exp(-(_alpha * _alpha * r * r) - (_k * _k / (4 * _alpha * _alpha)));
                        double slope = (((_k * (up - down)) - (2 * gauss)) / (2 * r)) - ((up + down) / (2 * r * r));
                        field[0] += q * (up + down) / (2 * r);
                        field[1] += q * slope * x / r;
                        field[2] += q * slope * y / r;
                        field[3] += q * slope * z / r;
                    }
                }
            }
            for (int i = -_waves; i <= _waves; i++)
            {
                for (int l = -_waves; l <= _waves; l++)
                {
                    for (int m = -_waves; m <= _waves; m++)
                    {
                        double kx = 2 * Math.PI * i / _edges.X, ky = 2 * Math.PI * l / _edges.Y, kz = 2 * Math.PI * m / _edges.Z;
                        double square = (kx * kx) + (ky * ky) + (kz * kz) + (_k * _k), decay = square / (4 * _alpha * _alpha);
                        if (decay > 40) continue;
                        if (square == 0)
                        {
                            field[0] -= q * Math.PI / (volume * _alpha * _alpha);
                            continue;
                        }
                        double amplitude = 4 * Math.PI * q / volume * Math.Exp(-decay) / square, phase = (kx * dx) + (ky * dy) + (kz * dz);
                        field[0] += amplitude * Math.Cos(phase);
                        field[1] -= amplitude * kx * Math.Sin(phase);
                        field[2] -= amplitude * ky * Math.Sin(phase);
                        field[3] -= amplitude * kz * Math.Sin(phase);
                    }
                }
            }
        }
        return field;
    }

    // By its series below 2.5, by its continued fraction above.
    internal static double Erfc(double x)
    {
        if (x < 0) return 2 - Erfc(-x);
        if (x < 2.5)
        {
            double term = x, sum = x;
            for (int n = 1; n < 200 && Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
            {
                term *= -x * x / n;
                sum += term / ((2 * n) + 1);
            }
            return 1 - (2 / Math.Sqrt(Math.PI) * sum);
        }
        double fraction = x;
        for (int n = 120; n > 0; n--) fraction = x + (0.5 * n / fraction);
        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction);
    }
}
