using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Measures fields against <see cref="DirectOracle{TKernel, TWide}"/>.</summary>
internal sealed unsafe class FieldOracle<TKernel, TWide>(Ledger ledger, TKernel kernel, bool hessian) : IFieldOracle
    where TKernel : unmanaged, IKernel<TKernel>
    where TWide : unmanaged, IRegister<TWide, double>
{
    // Targets come in blocks: the sums of all would grow with their number, and a cancellation would wait for all.
    private const int TargetsABlock = 1024;
    private readonly Position[] _places = new Position[OrderSearch.Targets];
    private readonly DirectOracle<TKernel, TWide> _direct = new(ledger, kernel);
    private readonly HessianOracle<TKernel, TWide>? _second = hessian ? new(ledger, kernel) : null;

    public FieldError Compare(
        PointInput points, ChargeInput charges, FieldOutput fields, TreeShape shape, int samples, bool gradient, Jobs jobs, CancellationToken cancellation)
    {
        int[] chosen = new int[Math.Min(samples, TargetsABlock)];
        Position[] places = new Position[chosen.Length];
        ErrorSums potential = default, slope = default, second = default;
        for (int begin = 0; begin < samples; begin += TargetsABlock)
        {
            int block = Math.Min(TargetsABlock, samples - begin);
            for (int i = 0; i < block; i++) places[i] = points.PlacedTargets[chosen[i] = (int)((long)points.TargetCount * (begin + i) / samples)];
            _direct.Evaluate(points, charges, places.AsSpan(0, block), shape, gradient, jobs, cancellation);
            for (int i = 0; i < block; i++) Take(fields, chosen[i], i, 1, gradient, ref potential, ref slope);
            if (_second is null) continue;
            _second.Evaluate(points, charges, places.AsSpan(0, block), shape, jobs, cancellation);
            for (int i = 0; i < 6 * block; i++) second.Take(fields.Hessians.Pointer[((nint)chosen[i / 6] * 6) + (i % 6)], _second[i / 6, i % 6], 1);
        }
        return new FieldError(potential.L2, potential.Linf, gradient ? slope.L2 : null, samples) { HessianL2 = _second is null ? null : second.L2 };
    }

    public FieldError Estimate(
        PointInput points, ChargeInput charges, FieldOutput fields, TargetSample sample, TreeShape shape, bool gradient, Jobs jobs, CancellationToken cancellation)
    {
        for (int i = 0; i < sample.Length; i++) _places[i] = points.PlacedTargets[sample.Chosen[i]];
        _direct.Evaluate(points, charges, _places.AsSpan(0, sample.Length), shape, gradient, jobs, cancellation);
        ErrorSums potential = default, slope = default;
        for (int i = 0; i < sample.Length; i++) Take(fields, sample.Chosen[i], i, sample.Weights[i], gradient, ref potential, ref slope);
        return new FieldError(potential.L2, potential.Linf, gradient ? slope.L2 : null, sample.Length);
    }

    public void Sum(
        PointInput points, ChargeInput charges, ReadOnlySpan<Position> targets, TreeShape shape, bool gradient, Jobs jobs, Span<double> sums, CancellationToken cancellation)
    {
        _direct.Evaluate(points, charges, targets, shape, gradient, jobs, cancellation);
        _second?.Evaluate(points, charges, targets, shape, jobs, cancellation);
        int first = TKernel.PotentialComponents * (gradient ? 4 : 1), numbers = first + (_second is null ? 0 : 6);
        for (int i = 0; i < targets.Length; i++)
            for (int c = 0; c < numbers; c++) sums[(i * numbers) + c] = c < first ? _direct[i, c] : _second![i, c - first];
    }

    public void Dispose()
    {
        _direct.Dispose();
        _second?.Dispose();
    }

    private void Take(FieldOutput fields, int target, int sum, double weight, bool gradient, ref ErrorSums potential, ref ErrorSums slope)
    {
        int components = TKernel.PotentialComponents;
        for (int c = 0; c < components; c++) potential.Take(fields.Potentials.Pointer[((nint)target * components) + c], _direct[sum, c], weight);
        for (int c = 0; gradient && c < 3 * components; c++)
            slope.Take(fields.Gradients.Pointer[((nint)target * 3 * components) + c], _direct[sum, components + c], weight);
    }
}
