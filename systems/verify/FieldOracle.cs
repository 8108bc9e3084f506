using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Measures fields against <see cref="DirectOracle{TKernel, TWide}"/>.</summary>
internal sealed unsafe class FieldOracle<TKernel, TWide>(Ledger ledger, TKernel kernel) : IFieldOracle
    where TKernel : unmanaged, IKernel<TKernel>
    where TWide : unmanaged, ILane<TWide, double>
{
    private readonly DirectOracle<TKernel, TWide> _direct = new(ledger, kernel);

    public FieldError Compare(PointInput points, ChargeInput charges, FieldOutput fields, double unit, int samples, bool gradient, Jobs jobs)
    {
        int[] chosen = new int[samples];
        for (int i = 0; i < samples; i++) chosen[i] = (int)((long)points.TargetCount * i / samples);
        _direct.Evaluate(points, charges, chosen, unit, gradient, jobs);
        int components = TKernel.PotentialComponents;
        Difference potential = new(Largest(samples, 0, components));
        Difference slope = new(gradient ? Largest(samples, components, 3 * components) : 0);
        for (int i = 0; i < samples; i++)
        {
            for (int c = 0; c < components; c++) potential.Take(fields.Potentials.Pointer[((nint)chosen[i] * components) + c], _direct[i, c]);
            for (int c = 0; gradient && c < 3 * components; c++)
            {
                slope.Take(fields.Gradients.Pointer[((nint)chosen[i] * 3 * components) + c], _direct[i, components + c]);
            }
        }
        return new FieldError(potential.L2, potential.Linf, gradient ? slope.L2 : null, samples);
    }

    public void Dispose() => _direct.Dispose();

    private double Largest(int samples, int first, int count)
    {
        double largest = 0;
        for (int i = 0; i < samples; i++)
        {
            for (int c = 0; c < count; c++) largest = Math.Max(largest, Math.Abs(_direct[i, first + c]));
        }
        return largest;
    }

    // Numbers over the largest, so that no square leaves the range. Where the whole field is zero (one point, coincident points) the
    // difference itself is the error.
    private struct Difference(double largest)
    {
        private readonly double _unit = largest > 0 ? largest : 1;
        private double _difference, _reference, _most;

        public readonly double L2 => largest > 0 ? Math.Sqrt(_difference) / Math.Sqrt(_reference) : Math.Sqrt(_difference);

        public readonly double Linf => _most;

        public void Take(double found, double expected)
        {
            double error = (found - expected) / _unit;
            _difference += error * error;
            _reference += expected / _unit * (expected / _unit);
            _most = double.IsNaN(error) ? double.NaN : Math.Max(_most, Math.Abs(error));
        }
    }
}
