using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// How far densities on a surface miss the field that they stand for, at a few points on its other side: for a kernel that solves an elliptic
/// equation that is the error of the order, for any other much more, since its values on a surface do not say what it is beyond.
/// </summary>
internal sealed class ExpansionMisfit<TKernel>(TKernel kernel, ExpansionSizes expansion, ILinearAlgebra algebra, double halfWidth)
    where TKernel : unmanaged, IKernel<TKernel>
{
    private readonly EquivalentToCheck<TKernel> _fields = new(kernel, expansion);
    private readonly double[] _block = new double[expansion.PotentialComponents * expansion.SourceComponents];

    // In half widths: in the box, and in boxes of its V list.
    private static ReadOnlySpan<double> Inside => [0.9, -0.7, 0.8, -0.3, 0.6, 0.95, 0.1, -0.2, -0.5];

    private static ReadOnlySpan<double> Outside => [3.1, 0.4, -0.6, -3.5, 3.2, 0.3, 1.0, -3.3, 4.4];

    /// <summary>
    /// Largest error, of multipoles and of locals, over the largest value at half a box's width: a kernel that is screened within a box
    /// leaves far fields of few digits, and none that matter.
    /// </summary>
    public double Of(CheckToEquivalent upward, CheckToEquivalent downward)
    {
        ScaledSurface inner = ScaledSurface.Inner(expansion, halfWidth), outer = ScaledSurface.Outer(expansion, halfWidth);
        double error = Math.Max(Of(upward, outer, inner, Inside, Outside), Of(downward, inner, outer, Outside, Inside)), largest = 0;
        kernel.Evaluate(0.48 * halfWidth, -0.6 * halfWidth, 0.64 * halfWidth, _block);
        foreach (double element in _block) largest = Math.Max(largest, Math.Abs(element));
        return error == 0 ? 0 : error / largest;
    }

    private double Of(CheckToEquivalent inverse, ScaledSurface checks, ScaledSurface densities, ReadOnlySpan<double> sources, ReadOnlySpan<double> targets)
    {
        double error = 0;
        for (int s = 0; s < sources.Length; s += 3)
        {
            double x = halfWidth * sources[s], y = halfWidth * sources[s + 1], z = halfWidth * sources[s + 2];
            double[] density = Densities(inverse, _fields.OfPoint(checks, x, y, z));
            for (int t = 0; t < targets.Length; t += 3)
            {
                double tx = halfWidth * targets[t], ty = halfWidth * targets[t + 1], tz = halfWidth * targets[t + 2];
                double[] rows = _fields.AtPoint(densities, tx, ty, tz);
                kernel.Evaluate(tx - x, ty - y, tz - z, _block);
                for (int pair = 0; pair < _block.Length; pair++)
                {
                    int c = pair / expansion.SourceComponents, d = pair % expansion.SourceComponents;
                    double sum = 0;
                    for (int j = 0; j < expansion.DensityCount; j++) sum += rows[(c * expansion.DensityCount) + j] * density[(j * expansion.SourceComponents) + d];
                    error = Math.Max(error, Math.Abs(sum - _block[pair]));
                }
            }
        }
        return error;
    }

    private double[] Densities(CheckToEquivalent inverse, double[] potentials)
    {
        int columns = expansion.SourceComponents;
        double[] densities = new double[expansion.DensityCount * columns];
        for (int segment = 0; segment < 8; segment++)
        {
            int first = expansion.Checks.Start[segment] * columns, length = expansion.Checks.Length(segment) * columns;
            inverse.Times(algebra, segment, potentials.AsSpan(first, length), columns).CopyTo(densities, expansion.Densities.Start[segment] * columns);
        }
        return densities;
    }
}
