using Fmm.Components;

namespace Fmm.Tests.Images;

/// <summary>
/// Direct sums over thousands of images along one axis. The sum over -M to M less 2 ln(2 M + 1) / period tends to its limit with even powers of
/// 1/(2 M + 1), of which the first two are extrapolated away.
/// </summary>
internal sealed class WireSum(PeriodicBox box, double k) : IImageSum
{
    public double[] At(Position target, IReadOnlyList<Position> sources, IReadOnlyList<double> charges)
    {
        int axis = Enumerable.Range(0, 3).First(box.Repeats);
        double period = box.Period(axis);
        double[] field = new double[4];
        for (int j = 0; j < sources.Count; j++)
        {
            double[] d = [target.X - sources[j].X, target.Y - sources[j].Y, target.Z - sources[j].Z], sums = new double[4], one = new double[4], two = new double[4];
            int last = 0;
            for (int image = 0; image <= 1000; image++)
            {
                Add(d, axis, image * period, sums);
                if (image > 0) Add(d, axis, -image * period, sums);
                if (image == 250) one = Limited(sums, image, period);
                if (image == 500) two = Limited(sums, image, period);
                last = image;
            }
            double[] three = Limited(sums, last, period);
            for (int c = 0; c < 4; c++) field[c] += charges[j] / (4 * Math.PI) * (k > 0 ? sums[c] : Extrapolated(one[c], two[c], three[c]));
        }
        return field;
    }

    private static double[] Limited(double[] sums, int images, double period) =>
        [sums[0] - (2 / period * Math.Log((2 * images) + 1)), sums[1], sums[2], sums[3]];

    // In powers of 1/(2 M + 1)^2 at M = 250, 500 and 1000.
    private static double Extrapolated(double one, double two, double three)
    {
        double x = 1 / (501.0 * 501), y = 1 / (1001.0 * 1001), z = 1 / (2001.0 * 2001);
        return (one * y * z / ((x - y) * (x - z))) + (two * x * z / ((y - x) * (y - z))) + (three * x * y / ((z - x) * (z - y)));
    }

    private void Add(double[] d, int axis, double shift, double[] sums)
    {
        double[] at = [d[0], d[1], d[2]];
        at[axis] += shift;
        double r = Math.Sqrt((at[0] * at[0]) + (at[1] * at[1]) + (at[2] * at[2]));
        if (r == 0) return;
        double value = Math.Exp(-k * r) / r;
        sums[0] += value;
        for (int c = 0; c < 3; c++) sums[1 + c] -= value * ((1 / r) + k) * at[c] / r;
    }
}
