using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

internal sealed unsafe partial class FieldOracle<TKernel, TWide>
{
    public FieldError Estimate(PointInput points, ChargeInput charges, FieldOutput fields, TargetSample sample, bool gradient, Jobs jobs)
    {
        _direct.Evaluate(points, charges.Values.Pointer, sample.Chosen, gradient, jobs);
        (double potential, double largest) = Weighted(fields.Potentials, sample, 0, TKernel.PotentialComponents);
        double? slope = gradient ? Weighted(fields.Gradients, sample, TKernel.PotentialComponents, 3 * TKernel.PotentialComponents).L2 : null;
        return new FieldError(potential, largest, slope, sample.Length);
    }

    // Squares are those of shares of the largest number: in any unit they are numbers.
    private (double L2, double Linf) Weighted(NativeBuffer<double> field, TargetSample sample, int first, int components)
    {
        double largest = 0, largestDifference = 0, difference = 0, reference = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            for (int c = 0; c < components; c++) largest = Math.Max(largest, Math.Abs(_direct[i, first + c]));
        }
        double unit = largest == 0 ? 1 : largest;
        for (int i = 0; i < sample.Length; i++)
        {
            for (int c = 0; c < components; c++)
            {
                double expected = _direct[i, first + c] / unit;
                double error = (field.Pointer[((nint)sample.Chosen[i] * components) + c] / unit) - expected;
                difference += sample.Weights[i] * error * error;
                reference += sample.Weights[i] * expected * expected;
                largestDifference = Math.Max(largestDifference, Math.Abs(error));
            }
        }
        return (Ratio(Math.Sqrt(difference), Math.Sqrt(reference)), largestDifference);
    }
}
