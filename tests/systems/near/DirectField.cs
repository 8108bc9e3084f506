using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>The direct sum, pair by pair through the kernel's scalar form in double precision: the truth of all tests.</summary>
internal static class DirectField
{
    /// <summary>Potential components of each target; <paramref name="gradient"/>: derivatives instead, row 3 c + a.</summary>
    public static double[] Of<TKernel>(
        TKernel kernel, ReadOnlySpan<Position> sources, ReadOnlySpan<double> charges, ReadOnlySpan<Position> targets, bool gradient = false)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int rows = TKernel.PotentialComponents * (gradient ? 3 : 1), columns = TKernel.SourceComponents;
        double[] field = new double[targets.Length * rows];
        Span<double> matrix = stackalloc double[rows * columns];
        for (int t = 0; t < targets.Length; t++)
        {
            Span<double> row = field.AsSpan(t * rows, rows);
            for (int s = 0; s < sources.Length; s++)
            {
                double dx = targets[t].X - sources[s].X, dy = targets[t].Y - sources[s].Y, dz = targets[t].Z - sources[s].Z;
                if (gradient) kernel.EvaluateGradient(dx, dy, dz, matrix);
                else kernel.Evaluate(dx, dy, dz, matrix);
                for (int c = 0; c < rows; c++)
                    for (int k = 0; k < columns; k++) row[c] += matrix[(c * columns) + k] * charges[(s * columns) + k];
            }
        }
        return field;
    }

    /// <summary>
    /// Relative L2 distance of two fields; the distance itself where the reference is zero, and infinity where a number is none,
    /// since NUnit holds NaN to be less than any bar.
    /// </summary>
    public static double Error(ReadOnlySpan<double> field, ReadOnlySpan<double> reference)
    {
        double difference = 0, norm = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            difference += (field[i] - reference[i]) * (field[i] - reference[i]);
            norm += reference[i] * reference[i];
        }
        if (double.IsNaN(difference) || double.IsNaN(norm)) return double.PositiveInfinity;
        return norm == 0 ? Math.Sqrt(difference) : Math.Sqrt(difference / norm);
    }
}
