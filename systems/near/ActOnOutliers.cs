using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Outliers and all other points act on each other, directly and in double precision: the field of each outlying target is the sum over
/// all sources, and each outlying source adds to all other targets. So a few points far away cost the others neither levels of the tree
/// nor digits. Does nothing where there are none.
/// </summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="TWide">Registers of double precision.</typeparam>
public sealed unsafe class ActOnOutliers<TKernel, TWide> : BaseSystem<World, FieldStep>, IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where TWide : unmanaged, ILane<TWide, double>
{
    private const int Piece = 2048;
    private const int MostPieces = 64;
    private readonly LevelKernels<TKernel, double> _kernels;
    private readonly bool _gradient, _vanishes;
    private readonly WorkerScratch<double> _scratch;
    private readonly NativeBuffer<double> _partial;
    private readonly int _components;
    private OutlierField? _field;
    private ExactPoints _points;
    private InputIndex* _sourceIndex;
    private double* _charges;
    private double _unit, _chargeUnit;
    private int _sources, _targets, _nodeSources, _nodeTargets, _pieces, _targetUnits;
    private bool _shared;

    /// <summary>The system for a kernel.</summary>
    /// <param name="world">The world.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="gradient">Whether derivatives are wanted.</param>
    public ActOnOutliers(World world, TKernel kernel, bool gradient)
        : base(world)
    {
        _kernels = new LevelKernels<TKernel, double>(kernel);
        _gradient = gradient;
        _components = DirectSum<TKernel, double, TWide>.Components(gradient);
        _vanishes = PairField<TKernel, double, TWide>.VanishesAtZero(kernel, gradient);
        _scratch = new WorkerScratch<double>(world.Ledger, "outliers: scratch");
        _partial = new NativeBuffer<double>(world.Ledger, "outliers: partial sums");
    }

    /// <inheritdoc/>
    public override Access Access { get; } = ExactPoints.Declare(new Access())
        .ReadResource<Outliers>().ReadResource<TreeShape>().ReadResource<ChargeInput>().WriteResource<OutlierField>();

    private static int Stride => DirectSum<TKernel, double, TWide>.Padded(Piece);

    /// <inheritdoc/>
    public override void Update(in FieldStep step)
    {
        _field = World.Resource<OutlierField>();
        if (!World.Resource<Outliers>().Any)
        {
            _field.Values.Resize(0);
            return;
        }
        PointRows rows = World.Resource<PointRows>();
        ChargeInput charges = World.Resource<ChargeInput>();
        TreeShape shape = World.Resource<TreeShape>();
        _kernels.Read(shape);
        _points = ExactPoints.Of(World);
        _sourceIndex = rows.Sources.Chunk.ReadPointer<InputIndex>();
        _charges = charges.Values.Pointer;
        (_unit, _chargeUnit, _shared) = (shape.Unit, charges.Unit, rows.Shared);
        (_sources, _targets, _nodeSources, _nodeTargets) = (rows.Sources.Count, rows.Targets.Count, rows.NodeSources, rows.NodeTargets);
        _field.Values.Resize(checked(_targets * _components));
        _field.Values.Clear();
        _targetUnits = (_nodeTargets + Piece - 1) / Piece;
        _pieces = _targets > _nodeTargets ? Math.Min(MostPieces, (_sources + Piece - 1) / Piece) : 0;
        _partial.Resize(checked(_pieces * (_targets - _nodeTargets) * _components));
        _scratch.Prepare(Jobs.WorkerCount, (_components + 6L + TKernel.SourceComponents) * Stride);
        Jobs.For(_targetUnits + _pieces, this);
        // In the order of the pieces, whoever summed them.
        double* tail = _field.Values.Pointer + ((nint)_nodeTargets * _components);
        int length = (_targets - _nodeTargets) * _components;
        for (int piece = 0; piece < _pieces; piece++)
        {
            for (int i = 0; i < length; i++) tail[i] += _partial.Pointer[(piece * length) + i];
        }
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        if (unit < _targetUnits)
        {
            int start = unit * Piece, count = Math.Min(Piece, _nodeTargets - start);
            Act(start, count, _nodeSources, _sources, _field!.Values.Pointer + ((nint)start * _components), worker);
            return;
        }
        int piece = unit - _targetUnits, tail = _targets - _nodeTargets;
        int first = (int)((long)_sources * piece / _pieces), end = (int)((long)_sources * (piece + 1) / _pieces);
        double* sums = _partial.Pointer + ((nint)piece * tail * _components);
        for (int start = 0; start < tail; start += Piece)
        {
            Act(_nodeTargets + start, Math.Min(Piece, tail - start), first, end, sums + ((nint)start * _components), worker);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _scratch.Dispose();
        _partial.Dispose();
        base.Dispose();
    }

    // The sums of some sources at some targets, to rows.
    private void Act(int firstTarget, int targets, int firstSource, int endSource, double* rows, int worker)
    {
        int stride = Stride;
        double* sums = _scratch.Of(worker), t = sums + (_components * stride), s = t + (3 * stride), charges = s + (3 * stride);
        new Span<double>(sums, _components * stride).Clear();
        for (int i = 0; i < targets; i++) Place(_points.Target(firstTarget + i), t + i, stride);
        PointList<double> to = new(t, t + stride, t + (2 * stride), targets);
        for (int start = firstSource; start < endSource; start += Piece)
        {
            int count = Math.Min(Piece, endSource - start);
            for (int i = 0; i < count; i++)
            {
                Place(_points.Source(start + i), s + i, stride);
                double* given = _charges + ((nint)_sourceIndex[start + i].Value * TKernel.SourceComponents);
                for (int c = 0; c < TKernel.SourceComponents; c++) charges[(i * TKernel.SourceComponents) + c] = given[c] / _chargeUnit;
            }
            PointList<double> from = new(s, s + stride, s + (2 * stride), count);
            DirectSum<TKernel, double, TWide>.Add(_kernels[0], to, from, charges, sums, stride, _gradient);
            if (!_vanishes) CoincidentPairs<TKernel, TWide>.Subtract(_kernels[0], to, from, charges, sums, stride, _gradient);
        }
        FieldRows.Set(sums, stride, _components, targets, rows);
        Counters.Add((long)targets * (endSource - firstSource), (long)targets * (endSource - firstSource) * TKernel.PairFlops(_gradient), 0);
    }

    private void Place(in Position point, double* at, int stride)
    {
        at[0] = point.X / _unit;
        at[stride] = point.Y / _unit;
        at[2 * stride] = point.Z / _unit;
    }
}
