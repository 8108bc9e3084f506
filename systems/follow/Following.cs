using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Resource: what is known of points that the tree follows.</summary>
/// <param name="ledger">The ledger of the world.</param>
internal sealed class Following(Ledger ledger) : IDisposable
{
    /// <summary>The cells of the tree.</summary>
    public LeafCells Cells { get; } = new(ledger);

    /// <summary>Sources, or all points where they are shared.</summary>
    public FollowedSet Sources { get; } = new(ledger);

    /// <summary>Targets, where they differ.</summary>
    public FollowedSet Targets { get; } = new(ledger);

    /// <summary>Whether the sets hold the positions of the running update.</summary>
    public bool HasPositions { get; set; }

    /// <summary>Whether the last points that were looked at left the root's cube: a new one then has room around it.</summary>
    public bool HasEscaped { get; set; }

    /// <summary>
    /// Whether trees have room for points on their way: balanced where nobody is yet, too. It is made once points came to where a tree had none, and stays
    /// until a step says that points are others.
    /// </summary>
    public bool HasRoom { get; set; }

    /// <summary>Near pairs of the first tree of these nodes.</summary>
    public long PairsAtBuild { get; set; }

    /// <summary>What was found of the last update.</summary>
    public TreeUse Use { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Cells.Dispose();
        Sources.Dispose();
        Targets.Dispose();
    }
}
