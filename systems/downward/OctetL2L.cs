using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Local to local, from the first level with a far field to the leaves: a parent's check potential becomes its density, and that adds its potential
/// to the check surfaces of the eight children (Ying, Biros and Zorin 2004, equation 3.5). Each segment of the parent makes that
/// parity of the octet, and these add up to the children: an eighth of the work, one product for each parity of a batch.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TRegister">Registers.</typeparam>
internal sealed unsafe class OctetL2L<T, TRegister>(World world, ExpansionSizes expansion) : L2L(world), IJob
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    // Octets at a time: the parities of their children stay in the second-level cache.
    private const int Octets = 24;
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeLinks>().WithBlock<Local, T>();
    private readonly NodeRows _rows = new();
    private readonly LevelColumn<NodeLinks> _links = new();
    private readonly LevelBlock<Local, T> _locals = new();
    private readonly SortedRows<T, TRegister> _sorted = new(expansion.Checks);
    private readonly WorkerScratch<T> _scratch = new(world.Ledger, "L2L: scratch");
    private readonly WorkerScratch<nint> _places = new(world.Ledger, "L2L: rows");
    private WorkPlan? _plan;
    private OperatorSet<T>? _operators;
    private int _firstBatch;

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .Gather(in _nodes).WriteBlock<Local, T>().ReadResource<TreeShape>().ReadResource<WorkPlan>().ReadResource<OperatorSet<T>>();

    private static int Rows => OperatorProduct<TRegister, T>.Padded(Octets);

    // Of eight rows with one stride each, or of one row with all eight.
    private int Length => 8 * PackedMatrix.Columns(expansion.CheckCount, TRegister.Count);

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        _plan = World.Resource<WorkPlan>();
        _operators = World.Resource<OperatorSet<T>>();
        _rows.Read(World.Query(in _nodes));
        _links.Read(_rows);
        _locals.Write(_rows);
        _scratch.Prepare(Jobs.WorkerCount, (Octets * (long)expansion.CheckCount) + ((long)Rows * Length));
        _places.Prepare(Jobs.WorkerCount, 2 * Rows);
        foreach (ref Chunk children in World.Query(in _nodes).Levels(LevelOrder.TopDown))
        {
            if (children.Level <= shape.FirstFarLevel) continue;
            _firstBatch = _plan.OctetBatchOfLevel.Pointer[children.Level];
            Jobs.For(_plan.OctetBatchOfLevel.Pointer[children.Level + 1] - _firstBatch, this);
        }
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        RowRun run = _plan!.OctetBatches.Pointer[_firstBatch + unit];
        LevelOperators<T> operators = _operators![run.Level - 1];
        for (int start = run.Start; start < run.Start + run.Count; start += Octets)
            Add(new RowRun(run.Level, start, Math.Min(Octets, run.Start + run.Count - start)), operators, _scratch.Of(worker), _places.Of(worker));
        Counters.Add(0, run.Count * operators.L2L.Flops, 0);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _scratch.Dispose();
        _places.Dispose();
        base.Dispose();
    }

    private void Add(RowRun run, LevelOperators<T> operators, T* parents, nint* places)
    {
        int check = expansion.CheckCount, length = Length;
        T* parities = parents + (Octets * (nint)check);
        for (int i = 0; i < run.Count; i++)
        {
            int parent = _links[run.Level][8 * (run.Start + i)].Parent;
            _sorted.Load(_locals.Row(run.Level - 1, parent), parent & 7, parents + (i * (nint)check));
        }
        T* children = _locals.Row(run.Level, 8 * run.Start);
        if (!expansion.Checks.Mirrors)
        {
            OperatorProduct<TRegister, T>.Run(run.Count, parents, check, operators.L2L, 0, parities, length, places);
            for (int i = 0; i < run.Count; i++)
                for (int j = 0; j < 8 * check; j++) children[(i * (nint)(8 * check)) + j] += parities[(i * (nint)length) + j];
            return;
        }
        for (int segment = 0; segment < 8; segment++)
        {
            OperatorProduct<TRegister, T>.Run(
                run.Count, parents + expansion.Checks.Start[segment], check, operators.L2L, segment, parities + (segment * (length / 8)), length, places);
        }
        for (int i = 0; i < run.Count; i++) WalshHadamard<T, TRegister>.Add(parities + (i * (nint)length), length / 8, check, children + (8L * i * check));
    }
}
