using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Cuts the tree's work into units that threads share out: leaves and octets into batches of so many for products of matrices, octets into
/// blocks that lie together for M2L, the targets of the near field into units of about equal numbers of pairs. Passes once over
/// the nodes and once over the U lists.
/// </summary>
/// <param name="world">The world.</param>
/// <param name="mutual">Whether the kernel can evaluate a pair for both its points.</param>
public sealed unsafe class PlanWork(World world, bool mutual) : TreeSystem(world)
{
    private const long PairsAUnit = 1 << 19;
    private const int BlocksALevel = 32;
    private static readonly QueryDescription _nodes = NearLists.Nodes.WithAll<NodeKey, NodeLinks, TargetRange>();
    private readonly NodeRows _rows = new();
    private readonly WorkPlan _plan = world.Resource<WorkPlan>();
    private readonly NativeBuffer<long> _costs = new(world.Ledger, "plan: near costs");
    private readonly NearLists _near = new();
    private readonly LevelColumn<TargetRange> _targets = new();
    private CutMutual? _mutual;

    /// <inheritdoc/>
    private protected override TreePath ActsFrom => TreePath.Refitted;

    /// <inheritdoc/>
    protected override Access Touched { get; } = new Access()
        .Gather(in _nodes).ReadResource<TreeShape>().ReadResource<PointRows>().ReadResource<ListStore>().WriteResource<WorkPlan>();

    /// <inheritdoc/>
    protected override void Build()
    {
        TreeShape shape = World.Resource<TreeShape>();
        _rows.Read(World.Query(in _nodes));
        if (World.Resource<StepChange>().Path == TreePath.Built)
        {
            CutLeaves(shape);
            CutOctets(shape);
            CutTransfer(shape);
        }
        _near.Read(_rows, World.Resource<ListStore>());
        _targets.Read(_rows);
        _plan.Mutual = mutual && World.Resource<PointRows>().Shared;
        if (_plan.Mutual) CutPairs(shape);
        else CutNear();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _costs.Dispose();
        _mutual?.Dispose();
        base.Dispose();
    }

    private void CutPairs(TreeShape shape)
    {
        (_mutual ??= new CutMutual(World.Ledger, _plan, _near)).Cut(shape, _rows, World.Resource<PointRows>().Targets, Jobs);
        if (!WorkPlan.IsTooWide(_plan.SpillPoints[_plan.NearUnits.Length - 1], World.Resource<PointRows>().Sources)) return;
        _plan.Mutual = false;
        CutNear();
    }

    private void CutLeaves(TreeShape shape)
    {
        _plan.Leaves.Resize(shape.TotalRows);
        _plan.LeafBatches.Resize((shape.TotalRows / WorkPlan.Batch) + shape.Depth + 2);
        int leaves = 0, batches = 0;
        foreach (ref Chunk nodes in World.Query(in _nodes).Levels(LevelOrder.TopDown))
        {
            ReadOnlySpan<NodeLinks> links = nodes.Read<NodeLinks>();
            int first = leaves, end = nodes.Level == 0 ? 1 : 8 * shape.OwnEnd(nodes.Level);
            for (int row = 8 * shape.OwnStart(nodes.Level); row < end; row++) if (links[row].FirstChild < 0) _plan.Leaves.Pointer[leaves++] = row;
            for (int start = first; start < leaves; start += WorkPlan.Batch)
                _plan.LeafBatches.Pointer[batches++] = new RowRun(nodes.Level, start, Math.Min(WorkPlan.Batch, leaves - start));
        }
        _plan.Leaves.Resize(leaves);
        _plan.LeafBatches.Resize(batches);
    }

    private void CutOctets(TreeShape shape)
    {
        _plan.OctetBatches.Resize((shape.TotalRows / 8 / WorkPlan.Batch) + shape.Depth + 2);
        _plan.OctetBatchOfLevel.Resize(Morton.MaxLevel + 2);
        int batches = 0;
        foreach (ref Chunk nodes in World.Query(in _nodes).Levels(LevelOrder.TopDown))
        {
            int octets = shape.OwnEnd(nodes.Level); // none at the root's level
            _plan.OctetBatchOfLevel.Pointer[nodes.Level] = batches;
            for (int start = shape.OwnStart(nodes.Level); start < octets; start += WorkPlan.Batch)
                _plan.OctetBatches.Pointer[batches++] = new RowRun(nodes.Level, start, Math.Min(WorkPlan.Batch, octets - start));
        }
        for (int level = shape.Depth + 1; level <= Morton.MaxLevel + 1; level++) _plan.OctetBatchOfLevel.Pointer[level] = batches;
        _plan.OctetBatches.Resize(batches);
    }

    // M2L reads the octets of a block and all that touch them, so that a block should be a compact piece of space: octets whose parents
    // have the same grandparent, 4 x 4 x 4 at most, which have 6 x 6 x 6 octets in and around them. In Morton order they follow each
    // other, and their keys are the same but for the last three octal digits. Where a level has few octets blocks are smaller, so that
    // there are enough to share out.
    private void CutTransfer(TreeShape shape)
    {
        _plan.TransferBlocks.Resize(shape.TotalRows / 8);
        int blocks = 0;
        foreach (ref Chunk nodes in World.Query(in _nodes).Levels(LevelOrder.TopDown))
        {
            if (nodes.Level < shape.FirstFarLevel) continue;
            int start = shape.OwnStart(nodes.Level), octets = shape.OwnEnd(nodes.Level);
            int longest = Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)(octets - start)) / BlocksALevel, 8, 64);
            NodeKey* keys = nodes.ReadPointer<NodeKey>();
            for (int octet = start + 1; octet <= octets; octet++)
            {
                bool same = octet < octets && octet - start < longest
                    && keys[8 * (nint)octet].Value >> 9 == keys[8 * (nint)start].Value >> 9;
                if (same) continue;
                _plan.TransferBlocks.Pointer[blocks++] = new RowRun(nodes.Level, start, octet - start);
                start = octet;
            }
        }
        _plan.TransferBlocks.Resize(blocks);
    }

    // Where each target takes its sources by itself: leaves cut into runs, runs put together into units.
    private void CutNear()
    {
        int runs = 0;
        long pairs = 0;
        _plan.NearRuns.Resize(_plan.Leaves.Length);
        _costs.Resize(_plan.Leaves.Length);
        for (int batch = 0; batch < _plan.LeafBatches.Length; batch++)
        {
            RowRun run = _plan.LeafBatches.Pointer[batch];
            TargetRange* targets = _targets[run.Level];
            for (int i = 0; i < run.Count; i++)
            {
                int row = _plan.Leaves.Pointer[run.Start + i];
                int count = targets[row].Count;
                if (count == 0) continue;
                long sources = NearSources(run.Level, row);
                pairs += sources * count;
                for (int start = 0; start < count; start += WorkPlan.RowsARun)
                {
                    if (runs == _plan.NearRuns.Length)
                    {
                        _plan.NearRuns.Resize(runs + (runs / 2) + 16, keep: true);
                        _costs.Resize(_plan.NearRuns.Length, keep: true);
                    }
                    int piece = Math.Min(WorkPlan.RowsARun, count - start);
                    _plan.NearRuns.Pointer[runs] = new NearRun(run.Level, row, targets[row].Start + start, piece);
                    _costs.Pointer[runs++] = piece * sources;
                }
            }
        }
        _plan.NearRuns.Resize(runs, keep: true);
        _plan.NearPairs = pairs;
        _plan.NearUnits.Resize(runs + 1);
        int units = Partition.Cut(_costs.Span[..runs], PairsAUnit, _plan.NearUnits.Span);
        _plan.NearUnits.Resize(units + 1, keep: true);
    }

    private long NearSources(int level, int row)
    {
        long sources = 0;
        for (NearLists.Members member = _near.Of(level, row); member.Next();) sources += member.Sources.Count;
        return sources;
    }
}
