namespace Fmm.Systems;

/// <summary>How often the updates of a method took which path of the tree, and why the last one took its own.</summary>
public sealed class TreeUse
{
    private readonly long[] _counts = new long[4];

    /// <summary>The path of the last update.</summary>
    public TreePath Last { get; private set; } = TreePath.Built;

    /// <summary>What spoke for it.</summary>
    public TreeReason Reason { get; private set; } = TreeReason.First;

    /// <summary>Points of the last update that had left their leaves; counted where the tree may follow.</summary>
    public int Movers { get; private set; }

    /// <summary>Updates that took a path.</summary>
    /// <param name="path">The path.</param>
    public long Count(TreePath path) => _counts[(int)path];

    /// <summary>The counts in words, without paths that nobody took: 1 built, 12 refitted.</summary>
    public override string ToString() => string.Join(", ", Enumerable.Range(0, _counts.Length).Reverse().Where(path => _counts[path] > 0)
        .Select(path => FormattableString.Invariant($"{_counts[path]} {((TreePath)path).ToString().ToLowerInvariant()}")));

    internal void Note(TreePath path, TreeReason reason, int movers)
    {
        Last = path;
        Reason = reason;
        Movers = movers;
        _counts[(int)path]++;
    }
}
