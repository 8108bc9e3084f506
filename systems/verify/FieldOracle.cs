using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Measures fields against <see cref="DirectOracle{TKernel, TWide}"/>.</summary>
internal sealed unsafe class FieldOracle<TKernel, TWide>(Ledger ledger, TKernel kernel) : IFieldOracle
    where TKernel : unmanaged, IKernel<TKernel>
    where TWide : unmanaged, ILane<TWide, double>
{
    private readonly DirectOracle<TKernel, TWide> _direct = new(ledger, kernel);

    // Targets come in blocks: the sums of all would grow with their number, and a cancellation would wait for all.
    private const int TargetsABlock = 1024;

    public FieldError Compare(
        PointInput points, ChargeInput charges, FieldOutput fields, int samples, bool gradient, Jobs jobs, CancellationToken cancellation)
    {
        int[] chosen = new int[Math.Min(samples, TargetsABlock)];
        int components = TKernel.PotentialComponents;
        double difference = 0, reference = 0, largestDifference = 0, largest = 0, gradientDifference = 0, gradientReference = 0;
        for (int begin = 0; begin < samples; begin += TargetsABlock)
        {
            int block = Math.Min(TargetsABlock, samples - begin);
            for (int i = 0; i < block; i++) chosen[i] = (int)((long)points.TargetCount * (begin + i) / samples);
            _direct.Evaluate(points, charges.Values.Pointer, chosen.AsSpan(0, block), gradient, jobs, cancellation);
            for (int i = 0; i < block; i++)
            {
                for (int c = 0; c < components; c++)
                {
                    double expected = _direct[i, c], error = fields.Potentials.Pointer[((nint)chosen[i] * components) + c] - expected;
                    difference += error * error;
                    reference += expected * expected;
                    largestDifference = Math.Max(largestDifference, Math.Abs(error));
                    largest = Math.Max(largest, Math.Abs(expected));
                }
                for (int c = 0; gradient && c < 3 * components; c++)
                {
                    double expected = _direct[i, components + c];
                    double error = fields.Gradients.Pointer[((nint)chosen[i] * 3 * components) + c] - expected;
                    gradientDifference += error * error;
                    gradientReference += expected * expected;
                }
            }
        }
        return new FieldError(
            Ratio(Math.Sqrt(difference), Math.Sqrt(reference)), Ratio(largestDifference, largest),
            gradient ? Ratio(Math.Sqrt(gradientDifference), Math.Sqrt(gradientReference)) : null, samples);
    }

    public void Dispose() => _direct.Dispose();

    // Where the whole field is zero (one point, coincident points) the difference itself is the error.
    private static double Ratio(double difference, double reference) => reference == 0 ? difference : difference / reference;
}
