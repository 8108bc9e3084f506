using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Tests.Flow;

/// <summary>A component of a field at a target, by the direct sum through the kernel's scalar form, and what it is made of.</summary>
/// <param name="Sum">The field.</param>
/// <param name="Absolute">Sum of the absolute values of the pairs; with those at distance zero, whose rounding stays when they are taken out.</param>
/// <param name="Root">Root of the sum of their squares, for the kernel's reach.</param>
internal readonly record struct FieldParts(double Sum, double Absolute, double Root)
{
    // The sum that such a pair is taken out of again was rounded to its digits at every step.
    private const double Coincident = 10;

    /// <summary>The field, or what charges of random signs would make of it where it is more.</summary>
    public double Scale => Math.Max(Math.Abs(Sum), Root);

    /// <summary>Potential components of each target; <paramref name="gradient"/>: derivatives instead. A pair at distance zero is none.</summary>
    public static FieldParts[] Of<TKernel>(TKernel kernel, TKernel reach, Position[] sources, double[] charges, Position[] targets, bool gradient)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int rows = TKernel.PotentialComponents * (gradient ? 3 : 1), columns = TKernel.SourceComponents;
        FieldParts[] field = new FieldParts[targets.Length * rows];
        Span<double> matrix = stackalloc double[rows * columns], reached = stackalloc double[rows * columns];
        bool apart = TKernel.Parameters(kernel) != TKernel.Parameters(reach);
        // Squares of pairs leave the range sooner than their sum.
        double largest = charges.Max(Math.Abs), unit = largest == 0 ? 1 : largest;
        for (int t = 0; t < targets.Length; t++)
        {
            for (int s = 0; s < sources.Length; s++)
            {
                double dx = targets[t].X - sources[s].X, dy = targets[t].Y - sources[s].Y, dz = targets[t].Z - sources[s].Z;
                bool counts = dx != 0 || dy != 0 || dz != 0;
                if (gradient) kernel.EvaluateGradient(dx, dy, dz, matrix);
                else kernel.Evaluate(dx, dy, dz, matrix);
                if (!apart) matrix.CopyTo(reached);
                else if (gradient) reach.EvaluateGradient(dx, dy, dz, reached);
                else reach.Evaluate(dx, dy, dz, reached);
                for (int c = 0; c < rows; c++)
                {
                    ref FieldParts at = ref field[(t * rows) + c];
                    for (int k = 0; k < columns; k++)
                    {
                        double charge = charges[(s * columns) + k] / unit, pair = matrix[(c * columns) + k] * charge, far = reached[(c * columns) + k] * charge;
                        at = new(at.Sum + (counts ? pair : 0), at.Absolute + ((counts ? 1 : Coincident) * Math.Abs(pair)), at.Root + (counts ? far * far : 0));
                    }
                }
            }
        }
        return [.. field.Select(one => new FieldParts(unit * one.Sum, unit * one.Absolute, unit * Math.Sqrt(one.Root)))];
    }
}
