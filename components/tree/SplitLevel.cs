using Fmm.Engine;

namespace Fmm.Components;

/// <summary>The nodes of one level that have children, ascending by key, and where their children's points begin.</summary>
internal sealed class SplitLevel : IDisposable
{
    /// <summary>Cuts of a node: the start of each of the eight children's points and the end of the last.</summary>
    public const int CutsANode = 9;

    /// <summary>An empty level.</summary>
    /// <param name="ledger">The ledger of the world.</param>
    public SplitLevel(Ledger ledger)
    {
        Keys = new NativeBuffer<ulong>(ledger, "tree.splits.keys");
        Origin = new NativeBuffer<int>(ledger, "tree.splits.origin");
        SourceCuts = new NativeBuffer<int>(ledger, "tree.splits.sources");
        TargetCuts = new NativeBuffer<int>(ledger, "tree.splits.targets");
    }

    /// <summary>Keys of the split nodes at their own level, ascending.</summary>
    public NativeBuffer<ulong> Keys { get; }

    /// <summary>For each key its row in the cuts; -1 for a node that balancing added, whose cuts are found when its children are made.</summary>
    public NativeBuffer<int> Origin { get; }

    /// <summary>Nine rows of the sorted sources for each node that refinement split.</summary>
    public NativeBuffer<int> SourceCuts { get; }

    /// <summary>Nine rows of the sorted targets for each node that refinement split; empty when the targets are the sources.</summary>
    public NativeBuffer<int> TargetCuts { get; }

    /// <summary>Number of split nodes.</summary>
    public int Count => Keys.Length;

    /// <summary>Gives the native memory back.</summary>
    public void Dispose()
    {
        Keys.Dispose();
        Origin.Dispose();
        SourceCuts.Dispose();
        TargetCuts.Dispose();
    }
}
