using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The direct sum in double precision over the points as they came in: the truth that everything is measured against. Targets are
/// sampled; sources go in pieces, and the pieces' sums are added in a fixed order whatever the number of threads. Lengths and charges are
/// scaled by powers of two, so that each distance is the difference of two numbers that the user gave.
/// </summary>
internal sealed unsafe class DirectOracle<TKernel, TWide>(Ledger ledger, TKernel kernel) : IJob, IDisposable
    where TKernel : unmanaged, IKernel<TKernel>
    where TWide : unmanaged, IRegister<TWide, double>
{
    private const int SourcesAPiece = 2048;
    private readonly NativeBuffer<double> _targets = new(ledger, "oracle: targets");
    private readonly NativeBuffer<double> _sums = new(ledger, "oracle: sums");
    private readonly WorkerScratch<double> _scratch = new(ledger, "oracle: scratch");
    private readonly ImageRemainder _images = new(ledger);
    private readonly Position[] _shifts = new Position[Morton.Directions];
    private PointInput? _points;
    private double* _charges;
    private int _stride, _count, _components, _units;
    private bool _gradient, _vanishes, _extreme;
    private TKernel _scaled;
    private double _unit, _chargeScale, _potentialUnit, _gradientUnit, _strength;
    private int _shiftCount;
    private bool _repeats;
    private CancellationToken _cancellation;

    /// <summary>Field of target <paramref name="sample"/>, component <paramref name="component"/>: potentials first, then derivatives.</summary>
    public double this[int sample, int component] =>
        _sums.Pointer[(component * _stride) + sample] * (_extreme || component < TKernel.PotentialComponents ? _potentialUnit : _gradientUnit);

    /// <summary>Sums for targets at the given places; a cancelled call ends within a piece of sources.</summary>
    public void Evaluate(
        PointInput points, ChargeInput charges, ReadOnlySpan<Position> samples, TreeShape shape, bool gradient, Jobs jobs, CancellationToken cancellation)
    {
        // Where lengths spread too far for one unit, each pair has its own.
        _extreme = shape.IsExtreme;
        double scale = _unit = _extreme ? 1 : shape.Unit;
        _scaled = KernelUnits.At(kernel, _unit, out double factor);
        _chargeScale = 1 / charges.Unit;
        _potentialUnit = charges.Unit * (factor * TKernel.Normalisation(kernel));
        _gradientUnit = _potentialUnit / scale;
        _points = points;
        _charges = charges.Values.Pointer;
        _gradient = gradient;
        _vanishes = PairField<TKernel, double, TWide>.VanishesAtZero(_scaled, gradient);
        _cancellation = cancellation;
        _count = samples.Length;
        _stride = DirectSum<TKernel, double, TWide>.Padded(_count);
        _components = DirectSum<TKernel, double, TWide>.Components(gradient);
        _units = Math.Min(32, (points.Sources.Length + SourcesAPiece - 1) / SourcesAPiece);
        PlaceImages(shape);
        _targets.Resize(3 * _stride * _shiftCount);
        _targets.Clear();
        for (int image = 0; image < _shiftCount; image++)
        {
            double* place = _targets.Pointer + (3 * _stride * image);
            for (int i = 0; i < _count; i++)
            {
                Position target = samples[i];
                place[i] = (target.X - _shifts[image].X) / scale;
                place[_stride + i] = (target.Y - _shifts[image].Y) / scale;
                place[(2 * _stride) + i] = (target.Z - _shifts[image].Z) / scale;
            }
        }
        int length = _components * _stride;
        _sums.Resize(Math.Max(1, _units) * length);
        _sums.Clear();
        _scratch.Prepare(jobs.WorkerCount, (3 + TKernel.SourceComponents) * SourcesAPiece);
        jobs.For(_units, this);
        cancellation.ThrowIfCancellationRequested();
        for (int unit = 1; unit < _units; unit++) for (int i = 0; i < length; i++) _sums.Pointer[i] += _sums.Pointer[(unit * length) + i];
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        double* x = _scratch.Of(worker), y = x + SourcesAPiece, z = y + SourcesAPiece, charges = z + SourcesAPiece;
        double* t = _targets.Pointer;
        Position* sources = _points!.PlacedSources.Pointer;
        int length = _points.Sources.Length;
        int first = (int)((long)length * unit / _units), end = (int)((long)length * (unit + 1) / _units);
        for (int start = first; start < end && !_cancellation.IsCancellationRequested; start += SourcesAPiece)
        {
            int piece = Math.Min(SourcesAPiece, end - start);
            for (int i = 0; i < piece; i++)
            {
                x[i] = sources[start + i].X / _unit;
                y[i] = sources[start + i].Y / _unit;
                z[i] = sources[start + i].Z / _unit;
            }
            double* given = _charges + ((nint)start * TKernel.SourceComponents);
            for (int i = 0; i < piece * TKernel.SourceComponents; i++) charges[i] = given[i] * _chargeScale;
            PointList<double> run = new(x, y, z, piece);
            double* sums = _sums.Pointer + ((nint)unit * _components * _stride);
            for (int image = 0; image < _shiftCount && !_cancellation.IsCancellationRequested; image++)
            {
                double* place = t + (3 * _stride * image);
                PointList<double> targets = new(place, place + _stride, place + (2 * _stride), _count);
                if (_extreme) AddPairs(targets, run, charges, sums);
                else if (_vanishes) DirectSum<TKernel, double, TWide>.Add(_scaled, targets, run, charges, sums, _stride, _gradient);
                else DirectSum<WithoutCoincident<TKernel>, double, TWide>.Add(new WithoutCoincident<TKernel>(_scaled), targets, run, charges, sums, _stride, _gradient);
            }
            if (_repeats) AddImages(run, charges, sums);
        }
    }

    // The nearest images, the box itself first, one by one; a polynomial has the others.
    private void PlaceImages(TreeShape shape)
    {
        _repeats = shape.Repeats;
        _shifts[0] = default;
        _shiftCount = 1;
        if (!_repeats) return;
        TKernel.TryScreened(_scaled, out _strength, out double screening);
        _images.Make(shape, _unit, screening);
        for (int image = 0; image < Morton.Directions; image++)
        {
            bool along = (image % 3 == 1 || shape.Period.X > 0) && (image / 3 % 3 == 1 || shape.Period.Y > 0) && (image / 9 == 1 || shape.Period.Z > 0);
            if (along && image != ListMember.Home) _shifts[_shiftCount++] = shape.Shift(image);
        }
    }

    private void AddImages(in PointList<double> sources, double* charges, double* sums)
    {
        // Whole registers.
        int whole = (sources.Count + TWide.Count - 1) / TWide.Count * TWide.Count;
        for (int i = sources.Count; i < whole; i++) (sources.X[i], sources.Y[i], sources.Z[i], charges[i]) = (sources.X[0], sources.Y[0], sources.Z[0], 0);
        PointList<double> padded = new(sources.X, sources.Y, sources.Z, whole);
        double* t = _targets.Pointer;
        for (int i = 0; i < _count && !_cancellation.IsCancellationRequested; i++)
            _images.Add<TWide>(_strength, new Position(t[i], t[_stride + i], t[(2 * _stride) + i]), padded, charges, sums + i, _stride, _gradient);
    }

    private void AddPairs(in PointList<double> targets, in PointList<double> sources, double* charges, double* sums)
    {
        double* field = stackalloc double[PairField<TKernel, double, TWide>.Most];
        for (int t = 0; t < targets.Count; t++)
        {
            for (int s = 0; s < sources.Count; s++)
            {
                double dx = targets.X[t] - sources.X[s], dy = targets.Y[t] - sources.Y[s], dz = targets.Z[t] - sources.Z[s];
                if (dx == 0 && dy == 0 && dz == 0) continue;
                ExactPairField.OneWay(_scaled, dx, dy, dz, charges + (s * TKernel.SourceComponents), _gradient, field);
                for (int c = 0; c < _components; c++) sums[(c * _stride) + t] += field[c];
            }
        }
    }

    public void Dispose()
    {
        _images.Dispose();
        _targets.Dispose();
        _sums.Dispose();
        _scratch.Dispose();
    }
}
