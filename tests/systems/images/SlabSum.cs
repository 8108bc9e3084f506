using Fmm.Components;

namespace Fmm.Tests.Images;

/// <summary>
/// Ewald's sum over a box that repeats along two axes (Parry 1975; de Leeuw and Perram 1979), of a screened charge, too: waves with erfc along the
/// free axis, and the wave of length infinity without its constant.
/// </summary>
internal sealed class SlabSum(PeriodicBox box, double k) : IImageSum
{
    public double[] At(Position target, IReadOnlyList<Position> sources, IReadOnlyList<double> charges)
    {
        int free = Enumerable.Range(0, 3).First(axis => !box.Repeats(axis)), first = free == 0 ? 1 : 0, second = free == 2 ? 1 : 2;
        double[] field = new double[4];
        for (int j = 0; j < sources.Count; j++)
        {
            double[] d = [target.X - sources[j].X, target.Y - sources[j].Y, target.Z - sources[j].Z];
            bool same = d.All(x => x == 0);
            double[] pair = IImageSum.WithSlopes((x, y, z) => Pair(x, y, z, box.Period(first), box.Period(second), same), d[first], d[second], d[free]);
            field[0] += charges[j] * pair[0] / (4 * Math.PI);
            field[1 + first] += charges[j] * pair[1] / (4 * Math.PI);
            field[1 + second] += charges[j] * pair[2] / (4 * Math.PI);
            field[1 + free] += charges[j] * pair[3] / (4 * Math.PI);
        }
        return field;
    }

    // The point's own charge is left out of its images' sum.
    private double Pair(double x, double y, double z, double a, double b, bool self)
    {
        double alpha = 2.4 / Math.Min(a, b), sum = 0;
        int reach = 4, waves = (int)Math.Ceiling(6.2 * 2 * alpha * Math.Max(a, b) / (2 * Math.PI));
        int nearX = (int)Math.Round(-x / a), nearY = (int)Math.Round(-y / b);
        for (int i = nearX - reach; i <= nearX + reach; i++)
        {
            for (int j = nearY - reach; j <= nearY + reach; j++)
            {
                double r = Math.Sqrt(((x + (i * a)) * (x + (i * a))) + ((y + (j * b)) * (y + (j * b))) + (z * z));
                if (alpha * r > 6.5) continue;
                if (self && i == 0 && j == 0)
                {
                    // Near the point itself: the erfc less the whole charge, which is smooth.
                    sum += r == 0
                        ? -(2 * alpha / Math.Sqrt(Math.PI) * Math.Exp(-k * k / (4 * alpha * alpha))) + (k * EwaldSum.Erfc(k / (2 * alpha)))
                        : (Screened(alpha, r) - Math.Exp(-k * r)) / r;
                    continue;
                }
                sum += Screened(alpha, r) / r;
            }
        }
        for (int i = -waves; i <= waves; i++)
        {
            for (int j = -waves; j <= waves; j++)
            {
                double kx = 2 * Math.PI * i / a, ky = 2 * Math.PI * j / b, q = Math.Sqrt((kx * kx) + (ky * ky) + (k * k));
                if (q / (2 * alpha) > 6.5) continue;
                if (q == 0)
                {
                    sum -= 2 / (a * b) * ((Math.Sqrt(Math.PI) / alpha * Math.Exp(-alpha * alpha * z * z)) + (Math.PI * z * (1 - EwaldSum.Erfc(alpha * z))));
                    continue;
                }
                sum += Math.PI / (a * b * q) * Math.Cos((kx * x) + (ky * y)) * (Growing(q, alpha, z) + Growing(q, alpha, -z));
            }
        }
        return sum;
    }

    private double Screened(double alpha, double r) =>
        ((Math.Exp(k * r) * EwaldSum.Erfc((alpha * r) + (k / (2 * alpha)))) + (Math.Exp(-k * r) * EwaldSum.Erfc((alpha * r) - (k / (2 * alpha))))) / 2;

    private static double Growing(double q, double alpha, double z)
    {
        double at = (q / (2 * alpha)) + (alpha * z);
        return at > 26 ? 0 : Math.Exp(q * z) * EwaldSum.Erfc(at);
    }
}
