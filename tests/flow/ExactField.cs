using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Tests.Flow;

/// <summary>
/// The direct sum in numbers without a range: each pair is evaluated at a distance between 1 and 2 and scaled by its power of two, and
/// the sums are held as a mantissa and an exponent, so that no unit of length or charge leaves the range of the reference.
/// </summary>
internal static class ExactField
{
    /// <summary>Potential components of each target; <paramref name="gradient"/>: derivatives instead.</summary>
    public static double[] Of<TKernel>(TKernel kernel, Position[] sources, double[] charges, Position[] targets, bool gradient = false)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int rows = TKernel.PotentialComponents * (gradient ? 3 : 1), columns = TKernel.SourceComponents;
        double[] field = new double[targets.Length * rows];
        double[] matrix = new double[rows * columns];
        for (int t = 0; t < targets.Length; t++)
        {
            Scaled[] sums = new Scaled[rows];
            for (int s = 0; s < sources.Length; s++)
            {
                double dx = targets[t].X - sources[s].X, dy = targets[t].Y - sources[s].Y, dz = targets[t].Z - sources[s].Z;
                double largest = Math.Max(Math.Abs(dx), Math.Max(Math.Abs(dy), Math.Abs(dz)));
                if (largest == 0) continue;
                int exponent = Math.ILogB(largest);
                dx = Math.ScaleB(dx, -exponent);
                dy = Math.ScaleB(dy, -exponent);
                dz = Math.ScaleB(dz, -exponent);
                // A kernel without another unit is evaluated where the pair is.
                if (!TKernel.TryRescale(kernel, Math.ScaleB(1, exponent), out TKernel unit, out double factor))
                {
                    (unit, factor) = (kernel, 1);
                    (dx, dy, dz, exponent) = (Math.ScaleB(dx, exponent), Math.ScaleB(dy, exponent), Math.ScaleB(dz, exponent), 0);
                }
                if (gradient) unit.EvaluateGradient(dx, dy, dz, matrix);
                else unit.Evaluate(dx, dy, dz, matrix);
                for (int c = 0; c < rows; c++)
                {
                    for (int k = 0; k < columns; k++)
                    {
                        Scaled one = Scaled.Of(matrix[(c * columns) + k]).Times(Scaled.Of(charges[(s * columns) + k])).Times(Scaled.Of(factor));
                        sums[c] = sums[c].Plus(gradient ? one with { Exponent = one.Exponent - exponent } : one);
                    }
                }
            }
            for (int c = 0; c < rows; c++) field[(t * rows) + c] = sums[c].Value;
        }
        return field;
    }

    /// <summary>Relative L2 distance over the largest number of the reference; infinity where a number is none.</summary>
    public static double Error(double[] field, double[] reference)
    {
        double largest = reference.Max(Math.Abs), difference = 0, norm = 0;
        if (largest == 0) return field.Max(Math.Abs);
        for (int i = 0; i < reference.Length; i++)
        {
            difference += Math.Pow((field[i] - reference[i]) / largest, 2);
            norm += Math.Pow(reference[i] / largest, 2);
        }
        return double.IsNaN(difference) ? double.PositiveInfinity : Math.Sqrt(difference / norm);
    }

    private readonly record struct Scaled(double Mantissa, int Exponent)
    {
        public double Value => Math.ScaleB(Mantissa, Exponent);

        public static Scaled Of(double value) => value == 0 ? default : new Scaled(Math.ScaleB(value, -Math.ILogB(value)), Math.ILogB(value));

        public Scaled Times(Scaled other) => Of(Mantissa * other.Mantissa) is var one ? one with { Exponent = one.Exponent + Exponent + other.Exponent } : default;

        public Scaled Plus(Scaled other)
        {
            if (Mantissa == 0) return other;
            if (other.Mantissa == 0) return this;
            int top = Math.Max(Exponent, other.Exponent);
            Scaled sum = Of(Math.ScaleB(Mantissa, Exponent - top) + Math.ScaleB(other.Mantissa, other.Exponent - top));
            return sum.Mantissa == 0 ? sum : sum with { Exponent = sum.Exponent + top };
        }
    }
}
