using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// Which cells of level 21 belong to which rank: each has one run of them along the Morton curve, whose ends lie at edges of leaves, so that every leaf belongs whole
/// to one rank. Nodes that a border cuts hold points of both ranks beside it; what all ranks together have in them is known here.
/// </summary>
/// <param name="rank">This rank.</param>
/// <param name="count">Ranks.</param>
internal sealed class RankCells(int rank, int count)
{
    /// <summary>The cell behind the last.</summary>
    public const ulong End = 1UL << (3 * Morton.MaxLevel);

    private const int Levels = Morton.MaxLevel + 1;
    private readonly ulong[] _borders = new ulong[count + 1];
    private readonly NodeTotals[] _cut = new NodeTotals[(count + 1) * Levels];

    /// <summary>This rank.</summary>
    public int Rank => rank;

    /// <summary>The first cell of this rank.</summary>
    public ulong Low => _borders[rank];

    /// <summary>The cell behind this rank's last.</summary>
    public ulong High => _borders[rank + 1];

    /// <summary>The first cell of each rank, and <see cref="End"/>.</summary>
    public ReadOnlySpan<ulong> Borders => _borders;

    /// <summary>Notes the borders.</summary>
    /// <param name="inner">The first cells of ranks 1 and up, ascending; a rank without cells has that of the next.</param>
    public void Set(ReadOnlySpan<ulong> inner)
    {
        _borders[0] = 0;
        inner.CopyTo(_borders.AsSpan(1));
        _borders[count] = End;
    }

    /// <summary>Notes what all ranks have in the node of a level that holds the first cell of a rank.</summary>
    public void Set(int border, int level, in NodeTotals totals) => _cut[(border * Levels) + level] = totals;

    /// <summary>A node's first cell.</summary>
    public static ulong First(ulong key, int level) => key << (3 * (Morton.MaxLevel - level));

    /// <summary>The cell behind a node's last.</summary>
    public static ulong Behind(ulong key, int level) => (key + 1) << (3 * (Morton.MaxLevel - level));

    /// <summary>Whether a node has cells that are not this rank's.</summary>
    public bool IsCut(ulong key, int level) => First(key, level) < Low || Behind(key, level) > High;

    /// <summary>What all ranks have in a node that is this rank's in part.</summary>
    public ref readonly NodeTotals Totals(ulong key, int level) => ref _cut[((First(key, level) < Low ? rank : rank + 1) * Levels) + level];

    /// <summary>The rank whose cell a node's first is. It computes the node's multipole.</summary>
    public int Owner(ulong key, int level) => OwnerOf(First(key, level));

    /// <summary>The last rank with a cell of a node; all from <see cref="Owner"/> to it have some, but for those without cells.</summary>
    public int LastOwner(ulong key, int level) => OwnerOf(Behind(key, level) - 1);

    /// <summary>Whether a rank has cells.</summary>
    public bool HasCells(int one) => _borders[one] < _borders[one + 1];

    private int OwnerOf(ulong cell)
    {
        // The last whose first cell is not behind it: those before with the same first cell have none.
        int low = 0, high = count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_borders[middle] <= cell) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
