namespace Fmm.Components;

/// <summary>Resource: how far the tree is refined, and below which number of points its leaves act on each other directly.</summary>
public sealed class TreeSettings
{
    private int _leafCapacity;
    private int _directPoints;

    /// <summary>Settings, checked.</summary>
    /// <param name="leafCapacity">Most sources, and most targets, that a leaf may hold above the deepest level, unless all lie in one of its cells; 1 or more.</param>
    /// <param name="uniformDepth">When given, every node that holds a point is split down to this level, whatever it holds; 0 to 21.</param>
    /// <param name="maxLevel">Where refinement stops even when a leaf is over capacity, as with coincident points; 0 to 21.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public TreeSettings(int leafCapacity, int? uniformDepth = null, int maxLevel = Morton.MaxLevel)
    {
        if (uniformDepth is < 0 or > Morton.MaxLevel)
            throw new ArgumentOutOfRangeException(nameof(uniformDepth), uniformDepth, $"The uniform depth must lie between 0 and {Morton.MaxLevel}.");

        if (maxLevel is < 0 or > Morton.MaxLevel)
            throw new ArgumentOutOfRangeException(nameof(maxLevel), maxLevel, $"The deepest level must lie between 0 and {Morton.MaxLevel}.");

        LeafCapacity = leafCapacity;
        UniformDepth = uniformDepth;
        MaxLevel = maxLevel;
    }

    /// <summary>
    /// Most sources, and most targets, of a leaf above <see cref="MaxLevel"/> whose points do not all lie in one cell of level 21; without meaning in the uniform mode. A change counts
    /// from the next tree on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int LeafCapacity
    {
        get => _leafCapacity;
        set => _leafCapacity = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A leaf must be allowed at least 1 point.");
    }

    /// <summary>The level down to which every node that holds a point is split; null for adaptive refinement.</summary>
    public int? UniformDepth { get; }

    /// <summary>The deepest level that adaptive refinement may reach.</summary>
    public int MaxLevel { get; }

    /// <summary>Least edge of a box, in the points' unit: the kernel's reach. Not even the uniform depth goes below it. 0 where there is none.</summary>
    public double NarrowestEdge { get; internal set; }

    /// <summary>
    /// Where lists are built, a pair of the textbook's W and X lists whose finer node is a leaf of at most so many points (sources of a W
    /// member, targets of an X list's owner) goes to the U list: direct evaluation costs less than the points of a surface (Malhotra and
    /// Biros 2015, section 3). 0 gives the textbook's lists. A change counts from the next tree on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int DirectPoints
    {
        get => _directPoints;
        set => _directPoints = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The number of points that act directly must be 0 or more.");
    }

    /// <summary>Whether a node is split before balancing.</summary>
    /// <param name="level">The node's level.</param>
    /// <param name="sources">Sources in its subtree.</param>
    /// <param name="targets">Targets in its subtree.</param>
    /// <returns>True when it gets children.</returns>
    public bool Splits(int level, int sources, int targets) => UniformDepth is int depth
        ? level < depth && (sources | targets) != 0
        : level < MaxLevel && (sources > LeafCapacity || targets > LeafCapacity);

    /// <summary>The deepest level whose boxes are at least as wide as <see cref="NarrowestEdge"/>.</summary>
    /// <param name="root">The root's cube.</param>
    internal int NarrowestLevel(in RootCube root)
    {
        double levels = Math.Log2(2 * root.HalfWidth / NarrowestEdge);
        return levels >= Morton.MaxLevel ? Morton.MaxLevel : Math.Max(0, (int)Math.Floor(levels));
    }
}
