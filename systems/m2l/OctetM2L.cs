using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Multipole to local over the V lists: for each node from the first level with a far field on, the potential of its V list's densities on its
/// downward check surface (Ying, Biros and Zorin 2004, section 3.3). Works octet by octet in blocks, so that a source octet's
/// data serves all targets of its block. All levels are independent of each other and go side by side.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TOperators">The operators of a level.</typeparam>
internal abstract unsafe class OctetM2L<T, TOperators> : M2L, IJob
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOperators : class, ILevelOperators<TOperators>
{
    private static readonly QueryDescription _nodes = new QueryDescription()
        .WithAll<Occupancy>().WithBlock<Multipole, T>().WithBlock<Local, T>();

    private readonly NodeRows _rows = new();
    private readonly LevelColumn<Occupancy> _holds = new();
    private BlockPairs[] _pairs = [];
    private bool[] _active = [];

    /// <summary>The system for expansions of the given sizes.</summary>
    protected OctetM2L(World world, ExpansionSizes expansion)
        : base(world)
    {
        ExpansionSizes = expansion;
        Plan = world.Resource<WorkPlan>();
    }

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .Gather(in _nodes).WriteBlock<Local, T>()
        .ReadResource<TreeShape>().ReadResource<OctetTable>().ReadResource<WorkPlan>().ReadResource<LevelSet<TOperators>>();

    /// <summary>Sizes of the expansions.</summary>
    protected ExpansionSizes ExpansionSizes { get; }

    /// <summary>How the work is cut.</summary>
    protected WorkPlan Plan { get; }

    /// <summary>The octets' neighbours; valid from the start of an update.</summary>
    protected OctetTable? Table { get; private set; }

    /// <summary>The operators; valid from the start of an update.</summary>
    protected LevelSet<TOperators>? Operators { get; private set; }

    private protected LevelBlock<Multipole, T> Multipoles { get; } = new();

    private protected LevelBlock<Local, T> Locals { get; } = new();

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        Table = World.Resource<OctetTable>();
        Operators = World.Resource<LevelSet<TOperators>>();
        _rows.Read(World.Query(in _nodes));
        _holds.Read(_rows);
        Multipoles.Read(_rows);
        Locals.Write(_rows);
        if (_pairs.Length < Jobs.WorkerCount)
        {
            DisposePairs();
            _pairs = new BlockPairs[Jobs.WorkerCount];
            for (int i = 0; i < _pairs.Length; i++) _pairs[i] = new BlockPairs(World.Ledger);
            _active = new bool[64 * Jobs.WorkerCount];
        }
        int octets = 0;
        for (int level = shape.FirstFarLevel; level <= shape.Depth; level++) octets = Math.Max(octets, shape.OctetCount(level));
        foreach (BlockPairs pairs in _pairs) pairs.Prepare(octets);
        Transfer(shape);
    }

    /// <inheritdoc/>
    public abstract void Execute(int unit, int worker);

    /// <inheritdoc/>
    public override void Dispose()
    {
        DisposePairs();
        base.Dispose();
    }

    /// <summary>Carries out all transfers of a tree.</summary>
    protected abstract void Transfer(TreeShape shape);

    /// <summary>The octet pairs of a block; only octets with targets take part.</summary>
    private protected BlockPairs Pairs(RowRun block, int worker)
    {
        Span<bool> active = Active(block, worker);
        Occupancy* nodes = _holds[block.Level] + (8 * (nint)block.Start);
        for (int i = 0; i < block.Count; i++)
        {
            active[i] = false;
            for (int octant = 0; octant < 8; octant++) active[i] |= nodes[(8 * i) + octant].Targets;
        }
        _pairs[worker].Collect(Table!.Neighbours(block.Level).Pointer, block, active);
        return _pairs[worker];
    }

    /// <summary>Which octets of the block that a worker collected last have targets.</summary>
    private protected Span<bool> Active(RowRun block, int worker) => _active.AsSpan(64 * worker, block.Count);

    private void DisposePairs()
    {
        foreach (BlockPairs pairs in _pairs) pairs.Dispose();
        _pairs = [];
    }
}
