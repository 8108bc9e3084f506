using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Multipole to local over the V lists: for each node of level 2 and deeper, the potential of its V list's densities on its
/// downward check surface (Ying, Biros and Zorin 2004, section 3.3). Works octet by octet in blocks, so that a source octet's
/// data serves all targets of its block. All levels are independent of each other and go side by side.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
public abstract unsafe class M2L<T> : BaseSystem<World, FieldStep>, IJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LevelColumn<TargetRange> _targets = new();
    private WorkPlan? _plan;
    private OctetTable? _table;
    private OperatorSet<T>? _operators;
    private BlockPairs[] _pairs = [];
    private bool[] _active = [];

    /// <summary>The system for expansions of the given sizes.</summary>
    protected M2L(World world, Expansion expansion)
        : base(world) => Expansion = expansion;

    /// <inheritdoc/>
    public override string Name => "M2L";

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .ReadResource<TreeShape>().ReadResource<OctetTable>().ReadResource<WorkPlan>().ReadResource<OperatorSet<T>>()
        .Gather<TargetRange>().GatherBlock<Multipole, T>().WriteBlock<Local, T>();

    /// <summary>Sizes of the expansions.</summary>
    protected Expansion Expansion { get; }

    private protected LevelBlock<Multipole, T> Multipoles { get; } = new();

    private protected LevelBlock<Local, T> Locals { get; } = new();

    /// <inheritdoc/>
    public override void Update(in FieldStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        _plan = World.Resource<WorkPlan>();
        _table = World.Resource<OctetTable>();
        _operators = World.Resource<OperatorSet<T>>();
        _targets.Read(shape);
        Multipoles.Read(shape);
        Locals.Write(shape);
        if (_pairs.Length < Jobs.WorkerCount)
        {
            DisposePairs();
            _pairs = new BlockPairs[Jobs.WorkerCount];
            for (int i = 0; i < _pairs.Length; i++) _pairs[i] = new BlockPairs(World.Ledger);
            _active = new bool[64 * Jobs.WorkerCount];
        }
        int octets = 0;
        for (int level = 2; level <= shape.Depth; level++) octets = Math.Max(octets, shape.OctetCount(level));
        foreach (BlockPairs pairs in _pairs) pairs.Prepare(octets);
        Prepare(Jobs.WorkerCount);
        Jobs.For(_plan.TransferBlocks.Length, this);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        RowRun block = _plan!.TransferBlocks.Pointer[unit];
        Span<bool> active = _active.AsSpan(64 * worker, block.Count);
        TargetRange* targets = _targets[block.Level] + (8 * (nint)block.Start);
        for (int i = 0; i < block.Count; i++)
        {
            int count = 0;
            for (int octant = 0; octant < 8; octant++) count += targets[(8 * i) + octant].Count;
            active[i] = count > 0;
        }
        _pairs[worker].Collect(_table!.Neighbours(block.Level).Pointer, block, active);
        new Span<T>(Locals.Row(block.Level, 8 * block.Start), 8 * block.Count * Expansion.CheckCount).Clear();
        if (_pairs[worker].First(TransferVectors.OctetCount) == 0) return;
        Transfer(block, _pairs[worker], _operators![block.Level], worker);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        DisposePairs();
        base.Dispose();
    }

    /// <summary>Makes room for each worker's scratch.</summary>
    protected abstract void Prepare(int workers);

    private protected abstract void Transfer(RowRun block, BlockPairs pairs, LevelOperators<T> operators, int worker);

    private void DisposePairs()
    {
        foreach (BlockPairs pairs in _pairs) pairs.Dispose();
        _pairs = [];
    }
}
