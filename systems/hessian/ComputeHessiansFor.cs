using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The second derivatives leaf by leaf: what the leaf's local stands for, what the members of its W list give, what near sources give, and what outliers
/// give; in this order. Each target has one row of the output.
/// </summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="TRegister">Registers of double precision.</typeparam>
internal sealed unsafe class ComputeHessiansFor<TKernel, TRegister>(World world, TKernel kernel, ExpansionSizes expansion, RankLink? link) : ComputeHessians(world), IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where TRegister : unmanaged, IRegister<TRegister, double>
{
    private const int Components = DirectHessian<TKernel, TRegister>.Components;
    private const int OutliersAUnit = 8;
    private static readonly QueryDescription _nodes = NearLists.Nodes.WithAll<NodeKey, TargetRange, WList>().WithBlock<Local, double>().WithBlock<Multipole, double>();
    private static readonly QueryDescription _sources = PointColumns<double>.Sources;
    private static readonly QueryDescription _targets = PointColumns<double>.Targets.WithAll<InputIndex>();
    private readonly NodeRows _rows = new();
    private readonly LevelColumn<NodeKey> _keys = new();
    private readonly LevelColumn<TargetRange> _ranges = new();
    private readonly PointColumns<double> _points = new();
    private readonly LocalHessians<TRegister> _locals = new(world.Ledger, expansion);
    private readonly MemberHessians<TKernel, TRegister> _members = new(world.Ledger, expansion);
    private readonly NearHessians<TKernel, TRegister> _near = new(kernel, link is null || link.HasOutlierPairs);
    private readonly WorkerScratch<double> _scratch = new(world.Ledger, "hessians: sums");
    private readonly WorkerScratch<int> _leaves = new(world.Ledger, "hessians: leaves");
    private readonly int _pairFlops = DirectHessian<TKernel, TRegister>.Flops(kernel);
    private WorkPlan? _plan;
    private TreeShape? _shape;
    private InputIndex* _index;
    private double* _output;
    private double _unit, _exactUnit;
    private int _nodeTargets, _targetCount, _firstWrong;

    /// <inheritdoc/>
    public override Access Access { get; } = (link is null ? new Access() : new Access().WriteResource<RankLink>())
        .Gather(in _nodes).Gather(in _sources).Gather(in _targets).Union(ExactPoints.Access)
        .ReadResource<TreeShape>().ReadResource<ListStore>().ReadResource<MixedStore>().ReadResource<WorkPlan>().ReadResource<OperatorSet<double>>()
        .ReadResource<ChargeInput>().ReadResource<EntityInput>().WriteResource<FieldOutput>();

    private static int Piece => SeriesScratch<double, TRegister>.Piece;

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        FieldOutput output = World.Resource<FieldOutput>();
        Read(output);
        _firstWrong = int.MaxValue;
        try
        {
            Jobs.For(_plan!.LeafBatches.Length + ((_targetCount - _nodeTargets + OutliersAUnit - 1) / OutliersAUnit), this);
        }
        catch
        {
            output.Clear(); // Half a field is none.
            throw;
        }
        if (_firstWrong == int.MaxValue) return;
        if (link is not null)
        {
            link.HasWrongField = true;
            return;
        }
        output.Clear();
        throw new FieldRangeException(_firstWrong, InputRules.Of(World.Resource<EntityInput>().Targets, _firstWrong));
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        double* sums = _scratch.Of(worker), exact = sums + (Components * Piece), gathered = exact + (Components * Piece);
        if (unit >= _plan!.LeafBatches.Length)
        {
            int first = _nodeTargets + ((unit - _plan.LeafBatches.Length) * OutliersAUnit), count = Math.Min(OutliersAUnit, _targetCount - first);
            new Span<double>(sums, 2 * Components * Piece).Clear();
            Finish(first, count, sums, exact, _near.AddToOutliers(first, count, exact, Piece));
            return;
        }
        RowRun run = _plan.LeafBatches.Pointer[unit];
        int* leaves = _leaves.Of(worker);
        int loaded = 0;
        for (int i = 0; i < run.Count; i++)
        {
            int row = _plan.Leaves.Pointer[run.Start + i];
            if (_ranges[run.Level][row].Count > 0) leaves[loaded++] = row;
        }
        bool far = run.Level >= _shape!.FirstFarLevel && loaded > 0;
        if (far) _locals.Load(run.Level, new ReadOnlySpan<int>(leaves, loaded), worker);
        for (int i = 0; i < loaded; i++)
        {
            TargetRange range = _ranges[run.Level][leaves[i]];
            ulong key = _keys[run.Level][leaves[i]].Value;
            for (int start = range.Start; start < range.End; start += Piece)
            {
                int count = Math.Min(Piece, range.End - start);
                PointList<double> targets = _points.TargetList(start, count);
                new Span<double>(sums, 2 * Components * Piece).Clear();
                if (far) _locals.Set(i, run.Level, key, targets, sums, Piece, worker);
                long pairs = _members.Add(run.Level, leaves[i], targets, sums, Piece, worker);
                pairs += _near.Add(run.Level, leaves[i], start, targets, gathered, sums, exact, Piece);
                Finish(start, count, sums, exact, pairs + _near.AddOutliers(start, count, exact, Piece));
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _locals.Dispose();
        _members.Dispose();
        _scratch.Dispose();
        _leaves.Dispose();
        base.Dispose();
    }

    private void Read(FieldOutput output)
    {
        TreeShape shape = World.Resource<TreeShape>();
        (_shape, _plan) = (shape, World.Resource<WorkPlan>());
        ChargeInput charges = World.Resource<ChargeInput>();
        PointRows points = World.Resource<PointRows>();
        (_nodeTargets, _targetCount) = (points.NodeTargets, points.Targets);
        _rows.Read(World.Query(in _nodes));
        _keys.Read(_rows);
        _ranges.Read(_rows);
        _points.ReadSources(SortedPoints.Of(World.Query(in _sources)));
        Chunk targets = SortedPoints.Of(World.Query(in _targets));
        _points.ReadTargets(targets);
        _index = targets.ReadPointer<InputIndex>();
        _locals.Prepare(_rows, World.Resource<OperatorSet<double>>(), shape, Jobs.WorkerCount);
        TKernel scaled = KernelUnits.At(kernel, shape.Unit, out double factor);
        _exactUnit = charges.Unit * TKernel.Normalisation(kernel);
        _unit = _exactUnit * factor / shape.Unit / shape.Unit;
        _members.Prepare(_rows, World.Resource<MixedStore>(), shape, scaled, Jobs.WorkerCount);
        _near.Read(World, _rows, _points, shape, scaled);
        _scratch.Prepare(Jobs.WorkerCount, (2L * Components * Piece) + SourceScratch<double>.Length(TKernel.SourceComponents));
        _leaves.Prepare(Jobs.WorkerCount, WorkPlan.Batch);
        output.Hessians.Resize(checked(_targetCount * Components));
        _output = output.Hessians.Pointer;
    }

    // To rows in input order and the user's units.
    private void Finish(int first, int count, double* sums, double* exact, long pairs)
    {
        for (int t = 0; t < count; t++)
        {
            int target = _index[first + t].Value;
            double all = 0;
            for (int c = 0; c < Components; c++)
                all += 0 * (_output[((nint)target * Components) + c] = (sums[(c * Piece) + t] * _unit) + (exact[(c * Piece) + t] * _exactUnit));
            if (all != 0) Note(target);
        }
        Counters.Add(pairs, pairs * _pairFlops, 0);
    }

    // The first target in input order, whoever finds it.
    private void Note(int target)
    {
        int seen = Volatile.Read(ref _firstWrong);
        while (target < seen && Interlocked.CompareExchange(ref _firstWrong, target, seen) is int other && other != seen) seen = other;
    }
}
