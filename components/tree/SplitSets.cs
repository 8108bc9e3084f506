using Fmm.Engine;

namespace Fmm.Components;

/// <summary>Resource: which nodes have children, level by level. Refinement fills it, balancing adds to it, and the nodes are spawned from it.</summary>
internal sealed class SplitSets : IDisposable
{
    private readonly SplitLevel[] _levels = new SplitLevel[Morton.MaxLevel + 1];

    /// <summary>No node is split.</summary>
    /// <param name="ledger">The ledger of the world.</param>
    public SplitSets(Ledger ledger)
    {
        for (int level = 0; level < _levels.Length; level++) _levels[level] = new SplitLevel(ledger);
    }

    /// <summary>The depth of the tree: one more than the deepest level with a split node, 0 when the root is a leaf.</summary>
    public int Depth
    {
        get
        {
            int depth = 0;
            while (depth < Morton.MaxLevel && _levels[depth].Count > 0) depth++;
            return depth;
        }
    }

    /// <summary>The split nodes of a level.</summary>
    /// <param name="level">Level, 0 to 21; the last is always empty.</param>
    /// <returns>The level's set.</returns>
    public SplitLevel this[int level] => _levels[level];

    /// <summary>Gives the native memory back.</summary>
    public void Dispose()
    {
        foreach (SplitLevel level in _levels) level.Dispose();
    }
}
