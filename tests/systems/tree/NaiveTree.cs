using Fmm.Components;

namespace Fmm.Tests.Tree;

/// <summary>A node of the model: cell coordinates at its level, and the input rows of its points.</summary>
internal sealed record NaiveNode(int Level, uint X, uint Y, uint Z, int[] Sources, int[] Targets)
{
    public bool Split { get; set; }

    public bool Empty => Sources.Length + Targets.Length == 0;

    public (int Level, ulong Key) Id => (Level, Morton.Encode(X, Y, Z));

    /// <summary>Whether two closed boxes touch, by whole numbers at the deepest level.</summary>
    public bool Touches(NaiveNode other) =>
        Meets(X, Level, other.X, other.Level) && Meets(Y, Level, other.Y, other.Level) && Meets(Z, Level, other.Z, other.Level);

    private static bool Meets(uint a, int levelA, uint b, int levelB)
    {
        long lowA = (long)a << (Morton.MaxLevel - levelA), highA = ((long)a + 1) << (Morton.MaxLevel - levelA);
        long lowB = (long)b << (Morton.MaxLevel - levelB), highB = ((long)b + 1) << (Morton.MaxLevel - levelB);
        return lowA <= highB && lowB <= highA;
    }
}

/// <summary>The tree by its definitions, slowly: a dictionary of nodes, refined, then balanced to a fixed point; lists by their textbook words.</summary>
internal sealed class NaiveTree
{
    private readonly ulong[] _sources;
    private readonly ulong[] _targets;
    private readonly ILookup<(int Level, ulong Key), NaiveNode> _x;

    public NaiveTree(RootCube domain, Position[] sources, Position[] targets, TreeSettings settings)
    {
        _sources = [.. sources.Select(p => NodeGeometry.Key(domain, p))];
        _targets = [.. targets.Select(p => NodeGeometry.Key(domain, p))];
        NaiveNode root = new(0, 0, 0, 0, [.. Enumerable.Range(0, sources.Length)], [.. Enumerable.Range(0, targets.Length)]);
        Nodes[root.Id] = root;
        Refine(root, settings);
        while (Balance())
        {
        }

        _x = Leaves.SelectMany(a => AnyW(a).Select(b => (b.Id, Leaf: a))).ToLookup(p => p.Id, p => p.Leaf);
    }

    public Dictionary<(int Level, ulong Key), NaiveNode> Nodes { get; } = [];

    public IEnumerable<NaiveNode> Leaves => Nodes.Values.Where(n => !n.Split && !n.Empty);

    public IEnumerable<NaiveNode> U(NaiveNode b) => b.Split || b.Targets.Length == 0
        ? [] : Leaves.Where(a => a.Sources.Length > 0 && a.Touches(b));

    public IEnumerable<NaiveNode> V(NaiveNode b) => b.Level == 0 || b.Targets.Length == 0
        ? [] : Colleagues(Parent(b)).SelectMany(Children).Where(a => a.Sources.Length > 0 && !a.Touches(b));

    public IEnumerable<NaiveNode> W(NaiveNode b) => b.Split || b.Targets.Length == 0
        ? [] : AnyW(b).Where(a => a.Sources.Length > 0);

    public IEnumerable<NaiveNode> X(NaiveNode b) => b.Targets.Length == 0 ? [] : _x[b.Id].Where(a => a.Sources.Length > 0);

    /// <summary>Of the textbook's W and X lists of a leaf: members that are leaves of so few sources, and all X members of a leaf of so few targets.</summary>
    public IEnumerable<NaiveNode> Direct(NaiveNode b, int points) => b.Split
        ? [] : W(b).Where(a => !a.Split && a.Sources.Length <= points).Concat(b.Targets.Length <= points ? X(b) : []);

    private IEnumerable<NaiveNode> AnyW(NaiveNode b) => Colleagues(b).SelectMany(Descendants)
        .Where(a => !a.Touches(b) && Parent(a).Touches(b));

    private IEnumerable<NaiveNode> Descendants(NaiveNode node) => Children(node).SelectMany(c => Descendants(c).Prepend(c));

    private IEnumerable<NaiveNode> Colleagues(NaiveNode node)
    {
        ulong[] keys = new ulong[26];
        int count = Morton.Neighbours(node.Id.Key, node.Level, keys);
        return keys.Take(count).Select(k => Nodes.GetValueOrDefault((node.Level, k))).OfType<NaiveNode>();
    }

    private NaiveNode Parent(NaiveNode node) => Nodes[(node.Level - 1, node.Id.Key >> 3)];

    private IEnumerable<NaiveNode> Children(NaiveNode node) =>
        node.Split ? Enumerable.Range(0, 8).Select(o => Nodes[(node.Level + 1, (node.Id.Key << 3) | (uint)o)]) : [];

    private void Refine(NaiveNode node, TreeSettings settings)
    {
        bool coincide = settings.UniformDepth is null
            && node.Sources.Select(i => _sources[i]).Distinct().Count() < 2 && node.Targets.Select(i => _targets[i]).Distinct().Count() < 2;
        if (settings.Splits(node.Level, node.Sources.Length, node.Targets.Length) && !coincide)
        {
            Split(node);
            foreach (NaiveNode child in Children(node)) Refine(child, settings);
        }
    }

    private void Split(NaiveNode node)
    {
        node.Split = true;
        int level = node.Level + 1;
        for (uint octant = 0; octant < 8; octant++)
        {
            uint x = (2 * node.X) + (octant & 1), y = (2 * node.Y) + ((octant >> 1) & 1), z = (2 * node.Z) + (octant >> 2);
            ulong key = Morton.Encode(x, y, z);
            NaiveNode child = new(level, x, y, z, [.. node.Sources.Where(i => Inside(_sources[i]))], [.. node.Targets.Where(i => Inside(_targets[i]))]);
            Nodes[child.Id] = child;
            bool Inside(ulong point) => point >> (3 * (Morton.MaxLevel - level)) == key;
        }
    }

    /// <summary>One round of the rule: where a split node has a neighbour cell whose parent cell holds points, that parent is split.</summary>
    private bool Balance()
    {
        ulong[] keys = new ulong[26];
        bool changed = false;
        foreach (NaiveNode node in Nodes.Values.Where(n => n.Split && n.Level > 0).ToArray())
        {
            int count = Morton.Neighbours(node.Id.Key, node.Level, keys);
            foreach (ulong key in keys.Take(count))
            {
                if (Nodes.TryGetValue((node.Level - 1, key >> 3), out NaiveNode? parent) && !parent.Split && !parent.Empty)
                {
                    Split(parent);
                    changed = true;
                }
            }
        }

        return changed;
    }
}
