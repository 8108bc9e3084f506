using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The few points far from all others, which belong to no node and so to no rank's cells: all ranks have all of them, behind their own points, in the order of the ranks that
/// were given them. Each sums what its own sources give there, and the sums are added up.
/// </summary>
internal sealed class RankOutliers
{
    private long[] _counts = [];

    /// <summary>The numbers, among the points given to this rank, of those that are outliers.</summary>
    public int[] Given { get; private set; } = [];

    /// <summary>Outliers that were given to the ranks before.</summary>
    public int Before { get; private set; }

    /// <summary>Outliers of all ranks.</summary>
    public int Total { get; private set; }

    /// <summary>Notes which of this rank's points are outliers, and learns how many others have.</summary>
    public void Agree(IRanks ranks, ReadOnlySpan<int> given)
    {
        Given = given.ToArray();
        _counts = ranks.Gather((long)given.Length);
        Total = checked((int)_counts.Sum());
        Before = (int)_counts.Take(ranks.Rank).Sum();
    }

    /// <summary>Brings something of all outliers to all ranks.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="given">What stands in the order in which points were given.</param>
    /// <param name="numbers">Elements a point.</param>
    /// <param name="all">Receives what is of all outliers.</param>
    public void Bring<T>(IRanks ranks, ReadOnlySpan<T> given, int numbers, Span<T> all)
        where T : unmanaged
    {
        if (Total == 0) return;
        T[] own = new T[Given.Length * numbers];
        for (int i = 0; i < Given.Length; i++) given.Slice(Given[i] * numbers, numbers).CopyTo(own.AsSpan(i * numbers));
        long[] sent = new long[ranks.Count], received = new long[ranks.Count];
        sent.AsSpan().Fill(own.Length);
        ranks.Exchange<T>([.. Enumerable.Repeat(own, ranks.Count).SelectMany(one => one)], sent, received).CopyTo(all);
    }

    /// <summary>Adds up what all ranks' sources give at the outliers, and hands it to those that were given here.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="all">This rank's parts, for all outliers; receives the sums.</param>
    /// <param name="numbers">Numbers a point.</param>
    /// <param name="given">Receives the sums of this rank's, in the order in which points were given.</param>
    public void Return(IRanks ranks, Span<double> all, int numbers, Span<double> given)
    {
        if (Total == 0) return;
        ranks.Sum(all);
        for (int i = 0; i < Given.Length; i++) all.Slice((Before + i) * numbers, numbers).CopyTo(given[(Given[i] * numbers)..]);
    }
}
