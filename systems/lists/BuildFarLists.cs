using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Builds the V lists by octet: the 26 neighbours of every octet that hold sources, and each node's number of members. M2L goes octet by
/// octet over this table; which of the 8 by 8 pairs count is fixed by the direction.
/// </summary>
/// <param name="world">The world, with the resources <see cref="TreeShape"/>, <see cref="OctetLinks"/> and <see cref="OctetTable"/>.</param>
public sealed unsafe class BuildFarLists(World world) : TreeSystem(world)
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<VCount>();
    private readonly NativeBuffer<long> _pairs = new(world.Ledger, "lists.v.pairs");
    private readonly NodeRows _rows = new();
    private readonly FarJob _job = new();

    /// <inheritdoc/>
    private protected override TreePath ActsFrom => TreePath.Refitted;

    /// <inheritdoc/>
    protected override Access Touched => new Access()
        .Read(in _nodes).Write<VCount>().ReadResource<TreeShape>().ReadResource<OctetLinks>().WriteResource<OctetTable>();

    /// <inheritdoc/>
    protected override void Build()
    {
        TreeShape shape = World.Resource<TreeShape>();
        OctetLinks links = World.Resource<OctetLinks>();
        OctetTable table = World.Resource<OctetTable>();
        _rows.Read(World.Query(in _nodes));
        _job.Counts.Write(_rows);
        for (int level = 0; level <= Morton.MaxLevel; level++)
        {
            table.Neighbours(level).Resize(level < shape.FirstFarLevel ? 0 : shape.OctetCount(level) * OctetTable.NeighboursAnOctet);
            if (level <= shape.Depth)
            {
                _job.Colleagues[level] = links.Colleagues(level).Pointer;
                _job.Masks[level] = links.Masks(level).Pointer;
                _job.Neighbours[level] = table.Neighbours(level).Pointer;
            }
        }

        _pairs.Resize(shape.RunCount);
        _job.Shape = shape;
        _job.Pairs = _pairs.Pointer;
        _job.Counts[0][0].Value = 0;
        Jobs.For(shape.RunCount, _job);
        long pairs = 0;
        for (int i = 0; i < shape.RunCount; i++) pairs += _pairs.Pointer[i];
        table.PairCount = pairs;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _pairs.Dispose();
        base.Dispose();
    }

    private sealed class FarJob : IJob
    {
        public readonly int*[] Colleagues = new int*[Morton.MaxLevel + 1];
        public readonly OctetMasks*[] Masks = new OctetMasks*[Morton.MaxLevel + 1];
        public readonly int*[] Neighbours = new int*[Morton.MaxLevel + 1];
        public readonly LevelColumn<VCount> Counts = new();
        public TreeShape? Shape;
        public long* Pairs;

        public void Execute(int unit, int worker)
        {
            OctetRun run = Shape!.Run(unit);
            OctetMasks* masks = Masks[run.Level];
            int* counts = stackalloc int[8];
            long pairs = 0;
            for (int octet = run.Start; octet < run.End; octet++)
            {
                new Span<int>(counts, 8).Clear();
                int targets = masks[octet].Targets;
                int* colleagues = Colleagues[run.Level] + ((long)octet * Morton.Directions);
                for (int slot = 0; run.Level >= Shape.FirstFarLevel && slot < OctetTable.NeighboursAnOctet; slot++)
                {
                    int direction = OctetTable.Direction(slot);
                    int other = colleagues[direction];
                    int sources = other >= 0 && run.Level >= Shape.FirstListLevel ? masks[other].Sources : 0;
                    Neighbours[run.Level][((long)octet * OctetTable.NeighboursAnOctet) + slot] = sources != 0 ? other : -1;
                    for (int mask = sources != 0 ? targets : 0; mask != 0; mask &= mask - 1)
                    {
                        int octant = BitOperations.TrailingZeroCount(mask);
                        counts[octant] += BitOperations.PopCount((uint)(sources & OctetAdjacency.Far(octant, direction)));
                    }
                }

                for (int octant = 0; octant < 8; octant++)
                {
                    Counts[run.Level][(8L * octet) + octant].Value = counts[octant];
                    pairs += counts[octant];
                }
            }

            Pairs[unit] = pairs;
        }
    }
}
