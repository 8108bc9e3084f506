using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// The field by its definition, sum_j K(x_i - y_j) q_j, in double precision and N M steps: what the method is checked against, and what a system
/// of your own adds up where points are few.
/// </summary>
public static class DirectSums
{
    /// <summary>Adds the field of all sources at all targets. A pair at distance zero contributes nothing.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="targets">Where the field is wanted.</param>
    /// <param name="sources">Where the charges are.</param>
    /// <param name="charges">Charges, component by component: all first components, then all second ones; n_source components times sources.</param>
    /// <param name="potentials">The potentials are added to these; laid out like charges, for the targets.</param>
    /// <param name="gradients">Derivatives along x, then y, then z, of the first component for all targets, then of the next; empty: not wanted.</param>
    /// <remarks>Component by component is the order of <see cref="ExpansionView"/>; for one component any order is this one.</remarks>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void Add<TKernel>(
        TKernel kernel, ReadOnlySpan<Position> targets, ReadOnlySpan<Position> sources, ReadOnlySpan<double> charges, Span<double> potentials,
        Span<double> gradients = default)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int rows = TKernel.PotentialComponents, columns = TKernel.SourceComponents;
        InputRules.Length(nameof(charges), charges.Length, sources.Length, columns);
        InputRules.Length(nameof(potentials), potentials.Length, targets.Length, rows);
        if (!gradients.IsEmpty) InputRules.Length(nameof(gradients), gradients.Length, targets.Length, 3 * rows);
        Span<double> matrix = stackalloc double[rows * columns], derivatives = stackalloc double[3 * rows * columns];
        for (int i = 0; i < targets.Length; i++)
        {
            for (int j = 0; j < sources.Length; j++)
            {
                double x = targets[i].X - sources[j].X, y = targets[i].Y - sources[j].Y, z = targets[i].Z - sources[j].Z;
                if (x == 0 && y == 0 && z == 0) continue;
                TKernel.Evaluate(kernel, x, y, z, matrix);
                Apply(matrix, rows, columns, charges[j..], sources.Length, potentials[i..], targets.Length);
                if (gradients.IsEmpty) continue;
                TKernel.EvaluateGradient(kernel, x, y, z, derivatives);
                Apply(derivatives, 3 * rows, columns, charges[j..], sources.Length, gradients[i..], targets.Length);
            }
        }
    }

    private static void Apply(
        ReadOnlySpan<double> matrix, int rows, int columns, ReadOnlySpan<double> charges, int sources, Span<double> sums, int targets)
    {
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++) sums[row * targets] += matrix[(row * columns) + column] * charges[column * sources];
    }
}
