using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The second derivatives by direct sums in double precision at sampled targets. A unit is a few targets and all sources, so that the sums do not depend on
/// the number of threads.
/// </summary>
internal sealed unsafe class HessianOracle<TKernel, TWide>(Ledger ledger, TKernel kernel) : IJob, IDisposable
    where TKernel : unmanaged, IKernel<TKernel>
    where TWide : unmanaged, IRegister<TWide, double>
{
    private const int Components = DirectHessian<TKernel, TWide>.Components, SourcesAPiece = 2048, TargetsAUnit = 32;
    private readonly NativeBuffer<double> _sums = new(ledger, "hessian oracle: sums");
    private readonly NativeBuffer<Position> _samples = new(ledger, "hessian oracle: samples");
    private readonly WorkerScratch<double> _scratch = new(ledger, "hessian oracle: scratch");
    private readonly bool _vanishes = DirectHessian<TKernel, TWide>.VanishesAtZero(kernel);
    private PointInput? _points;
    private ChargeInput? _charges;
    private TKernel _scaled;
    private double _unit, _factor;
    private bool _extreme;
    private CancellationToken _cancellation;

    /// <summary>Second derivative <paramref name="component"/> (xx, xy, xz, yy, yz, zz) at target <paramref name="sample"/>.</summary>
    public double this[int sample, int component] => _sums.Pointer[(sample * Components) + component] * _factor;

    /// <summary>Sums for targets at the given places; a cancelled call ends within a piece of sources.</summary>
    public void Evaluate(PointInput points, ChargeInput charges, ReadOnlySpan<Position> samples, TreeShape shape, Jobs jobs, CancellationToken cancellation)
    {
        _extreme = shape.IsExtreme;
        _unit = _extreme ? 1 : shape.Unit;
        _scaled = KernelUnits.At(kernel, _unit, out double factor);
        _factor = charges.Unit * (factor * TKernel.Normalisation(kernel)) / _unit / _unit;
        (_points, _charges, _cancellation) = (points, charges, cancellation);
        _samples.Resize(samples.Length);
        samples.CopyTo(_samples.Span);
        _sums.Resize(samples.Length * Components);
        _scratch.Prepare(jobs.WorkerCount, ((3 + Components) * TargetsAUnit) + ((3L + TKernel.SourceComponents) * SourcesAPiece));
        jobs.For((samples.Length + TargetsAUnit - 1) / TargetsAUnit, this);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        int first = unit * TargetsAUnit, count = Math.Min(TargetsAUnit, _samples.Length - first);
        double* sums = _scratch.Of(worker), t = sums + (Components * TargetsAUnit), x = t + (3 * TargetsAUnit), charges = x + (3 * SourcesAPiece);
        new Span<double>(sums, (Components + 3) * TargetsAUnit).Clear();
        for (int i = 0; i < count; i++) Place(_samples.Pointer[first + i], t + i, TargetsAUnit);
        PointList<double> places = new(t, t + TargetsAUnit, t + (2 * TargetsAUnit), count);
        for (int start = 0; start < _points!.Sources.Length && !_cancellation.IsCancellationRequested; start += SourcesAPiece)
        {
            int piece = Math.Min(SourcesAPiece, _points.Sources.Length - start);
            for (int i = 0; i < piece; i++) Place(_points.Sources.Pointer[start + i], x + i, SourcesAPiece);
            double* given = _charges!.Values.Pointer + ((nint)start * TKernel.SourceComponents);
            for (int i = 0; i < piece * TKernel.SourceComponents; i++) charges[i] = given[i] / _charges.Unit;
            PointList<double> sources = new(x, x + SourcesAPiece, x + (2 * SourcesAPiece), piece);
            if (_extreme) AddPairs(places, sources, charges, sums);
            else if (_vanishes) DirectHessian<TKernel, TWide>.Add(_scaled, places, sources, charges, sums, TargetsAUnit);
            else DirectHessian<WithoutCoincident<TKernel>, TWide>.Add(new WithoutCoincident<TKernel>(_scaled), places, sources, charges, sums, TargetsAUnit);
        }
        for (int i = 0; i < count; i++)
            for (int c = 0; c < Components; c++) _sums.Pointer[((first + i) * Components) + c] = sums[(c * TargetsAUnit) + i];
    }

    public void Dispose()
    {
        _sums.Dispose();
        _samples.Dispose();
        _scratch.Dispose();
    }

    private void Place(in Position point, double* at, int stride)
    {
        at[0] = point.X / _unit;
        at[stride] = point.Y / _unit;
        at[2 * stride] = point.Z / _unit;
    }

    private void AddPairs(in PointList<double> targets, in PointList<double> sources, double* charges, double* sums)
    {
        for (int t = 0; t < targets.Count; t++)
        {
            for (int s = 0; s < sources.Count; s++)
            {
                ExactHessian.Add(
                    _scaled, targets.X[t] - sources.X[s], targets.Y[t] - sources.Y[s], targets.Z[t] - sources.Z[s], charges + (s * TKernel.SourceComponents), sums + t, TargetsAUnit);
            }
        }
    }
}
