using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Multipole to multipole, from the leaves to the first level with a far field: the densities of eight children give the parent's upward check potential,
/// and that its density (Ying, Biros and Zorin 2004, equation 3.3). By the mirrors of an octet the eight children make eight sums, one
/// for each parity, and each makes its own segment of the parent: an eighth of the work, one product for each parity of a batch.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TRegister">Registers.</typeparam>
internal sealed unsafe class OctetM2M<T, TRegister>(World world, ExpansionSizes expansion) : M2M(world), IJob
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    // Octets at a time: their sums stay in the second-level cache.
    private const int Octets = 24;
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeLinks>().WithBlock<Multipole, T>();
    private readonly NodeRows _rows = new();
    private readonly LevelColumn<NodeLinks> _links = new();
    private readonly LevelBlock<Multipole, T> _multipoles = new();
    private readonly SortedRows<T, TRegister> _sorted = new(expansion.Densities);
    private readonly WorkerScratch<T> _scratch = new(world.Ledger, "M2M: scratch");
    private readonly WorkerScratch<nint> _places = new(world.Ledger, "M2M: rows");
    private WorkPlan? _plan;
    private OperatorSet<T>? _operators;
    private int _firstBatch;

    /// <summary>The nodes that it works on.</summary>
    internal static ref readonly QueryDescription Nodes => ref _nodes;

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .Gather(in _nodes).WriteBlock<Multipole, T>().ReadResource<TreeShape>().ReadResource<WorkPlan>().ReadResource<OperatorSet<T>>();

    private static int Rows => OperatorProduct<TRegister, T>.Padded(Octets);

    private int Length => PackedMatrix.Columns(expansion.DensityCount, TRegister.Count);

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        _plan = World.Resource<WorkPlan>();
        _operators = World.Resource<OperatorSet<T>>();
        _rows.Read(World.Query(in _nodes));
        _links.Read(_rows);
        _multipoles.Write(_rows);
        Prepare(Jobs.WorkerCount);
        foreach (ref Chunk children in World.Query(in _nodes).Levels(LevelOrder.BottomUp))
        {
            if (children.Level <= shape.FirstFarLevel) break;
            _firstBatch = _plan.OctetBatchOfLevel.Pointer[children.Level];
            Jobs.For(_plan.OctetBatchOfLevel.Pointer[children.Level + 1] - _firstBatch, this);
        }
    }

    /// <summary>Takes the nodes, for <see cref="Translate"/>.</summary>
    internal void Read(NodeRows rows)
    {
        _operators = World.Resource<OperatorSet<T>>();
        _links.Read(rows);
        _multipoles.Write(rows);
        Prepare(1);
    }

    /// <summary>Translates one octet on the calling thread: the same sums as with others.</summary>
    /// <param name="level">Level of the children.</param>
    /// <param name="octet">Their octet.</param>
    internal void Translate(int level, int octet) => Add(new RowRun(level, octet, 1), _operators![level - 1], _scratch.Of(0), _places.Of(0));

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        RowRun run = _plan!.OctetBatches.Pointer[_firstBatch + unit];
        LevelOperators<T> operators = _operators![run.Level - 1];
        for (int start = run.Start; start < run.Start + run.Count; start += Octets)
            Add(new RowRun(run.Level, start, Math.Min(Octets, run.Start + run.Count - start)), operators, _scratch.Of(worker), _places.Of(worker));
        Counters.Add(0, run.Count * operators.M2M.Flops, 0);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _scratch.Dispose();
        _places.Dispose();
        base.Dispose();
    }

    private void Prepare(int workers)
    {
        _scratch.Prepare(workers, (8L * Octets * Length) + ((long)Rows * _sorted.Start[8]));
        _places.Prepare(workers, 2 * Rows);
    }

    private void Add(RowRun run, LevelOperators<T> operators, T* sums, nint* places)
    {
        int density = expansion.DensityCount, length = Length, width = _sorted.Start[8];
        T* parents = sums + (8L * Octets * length);
        T* children = _multipoles.Row(run.Level, 8 * run.Start);
        if (expansion.Densities.Mirrors)
        {
            for (int i = 0; i < run.Count; i++) WalshHadamard<T, TRegister>.Run(children + (8L * i * density), density, density, sums + (8L * i * length), length);
            for (int segment = 0; segment < 8; segment++)
            {
                OperatorProduct<TRegister, T>.Run(
                    run.Count, sums + (segment * length), 8 * length, operators.M2M, segment, parents + _sorted.Start[segment], width, places);
            }
        }
        else
        {
            OperatorProduct<TRegister, T>.Run(run.Count, children, 8 * density, operators.M2M, 0, parents, width, places);
        }
        for (int i = 0; i < run.Count; i++)
        {
            int parent = _links[run.Level][8 * (run.Start + i)].Parent;
            _sorted.Store(parents + (i * (nint)width), parent & 7, T.One, _multipoles.Row(run.Level - 1, parent));
        }
    }
}
