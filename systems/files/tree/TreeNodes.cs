using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Files;

/// <summary>The nodes that hold points, without the holes of their octets, numbered from the root down and by Morton key within a level.</summary>
internal sealed class TreeNodes
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, NodeLinks, SourceRange, TargetRange>();
    private readonly World _world;
    private readonly int[][] _numbers = new int[Morton.MaxLevel + 1][];

    /// <summary>Takes them out of a world whose tree and lists stand.</summary>
    public TreeNodes(World world, RootCube root)
    {
        _world = world;
        List<long> keys = [];
        List<int> levels = [], parents = [], sources = [], targets = [], leaves = [];
        List<double> centres = [], halfWidths = [];
        foreach (ref Chunk chunk in world.Query(in _nodes).Levels(LevelOrder.TopDown))
        {
            ReadOnlySpan<NodeKey> key = chunk.Read<NodeKey>();
            ReadOnlySpan<NodeLinks> links = chunk.Read<NodeLinks>();
            ReadOnlySpan<SourceRange> source = chunk.Read<SourceRange>();
            ReadOnlySpan<TargetRange> target = chunk.Read<TargetRange>();
            int[] numbers = _numbers[chunk.Level] = new int[key.Length];
            for (int row = 0; row < key.Length; row++)
            {
                numbers[row] = -1;
                if (source[row].Count == 0 && target[row].Count == 0) continue;
                numbers[row] = keys.Count;
                if (links[row].IsLeaf) leaves.Add(keys.Count);
                keys.Add((long)key[row].Value);
                levels.Add(chunk.Level);
                parents.Add(links[row].Parent < 0 ? -1 : _numbers[chunk.Level - 1][links[row].Parent]);
                sources.Add(source[row].Count);
                targets.Add(target[row].Count);
                Position centre = NodeGeometry.Centre(in root, chunk.Level, key[row].Value);
                centres.AddRange([centre.X, centre.Y, centre.Z]);
                halfWidths.Add(NodeGeometry.HalfWidth(in root, chunk.Level));
            }
        }
        (Keys, Levels, Parents, Sources, Targets, Leaves) = ([.. keys], [.. levels], [.. parents], [.. sources], [.. targets], [.. leaves]);
        (Centres, HalfWidths) = ([.. centres], [.. halfWidths]);
    }

    /// <summary>Number of nodes.</summary>
    public int Count => Keys.Length;

    /// <summary>Morton key of each at its own level.</summary>
    public long[] Keys { get; }

    /// <summary>Level of each.</summary>
    public int[] Levels { get; }

    /// <summary>Parent of each by number; -1 for the root.</summary>
    public int[] Parents { get; }

    /// <summary>Sources in each one's subtree.</summary>
    public int[] Sources { get; }

    /// <summary>Targets in each one's subtree.</summary>
    public int[] Targets { get; }

    /// <summary>The leaves by number.</summary>
    public int[] Leaves { get; }

    /// <summary>Centres, three numbers each.</summary>
    public double[] Centres { get; }

    /// <summary>Half widths.</summary>
    public double[] HalfWidths { get; }

    /// <summary>A kind of list as compressed rows: the members of node i are those from offset i to offset i + 1.</summary>
    /// <param name="kind">The kind's place in <see cref="TreeFile.ListNames"/>.</param>
    public (long[] Offsets, int[] Members) List(int kind)
    {
        List<long> offsets = [0];
        List<int> members = [];
        foreach (ref Chunk chunk in _world.Query(in _nodes).Levels(LevelOrder.TopDown))
        {
            int[] numbers = _numbers[chunk.Level];
            for (int row = 0; row < numbers.Length; row++)
            {
                if (numbers[row] < 0) continue;
                Add(in chunk, row, kind, members);
                offsets.Add(members.Count);
            }
        }
        return ([.. offsets], [.. members]);
    }

    private void Add(in Chunk chunk, int row, int kind, List<int> members)
    {
        if (kind == 1)
        {
            // The walk by octets knows the sources alone; a node without targets has no list.
            if (chunk.Read<TargetRange>()[row].Count == 0 || chunk.Level < TreeShape.FirstFarLevelInSpace) return;
            foreach (FarMember member in FarList.Of(_world, in chunk, row)) members.Add(_numbers[chunk.Level][member.Row]);
            return;
        }
        ReadOnlySpan<ListMember> list = kind == 0 ? MemberList.U(_world, in chunk, row) : kind == 2 ? MemberList.W(_world, in chunk, row) : MemberList.X(_world, in chunk, row);
        foreach (ListMember member in list) members.Add(_numbers[member.Level][member.Row]);
    }
}
