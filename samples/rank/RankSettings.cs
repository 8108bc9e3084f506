using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>What <c>fmm report rank</c> measures.</summary>
/// <param name="Orders">Orders.</param>
/// <param name="Ranks">Ranks; those of an order's matrices and more stand for the full one, which is always measured.</param>
/// <param name="Clouds">Clouds, as <see cref="BenchCases.Points"/> knows them.</param>
/// <param name="Precisions">Precisions.</param>
/// <param name="Count">Points.</param>
/// <param name="Leaf">Leaf capacity.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Repeat">Timed runs, of which the fastest counts.</param>
internal sealed record RankSettings(
    IReadOnlyList<int> Orders, IReadOnlyList<int> Ranks, IReadOnlyList<string> Clouds, IReadOnlyList<Precision> Precisions, int Count, int Leaf, int Threads, int Repeat)
{
    /// <summary>Ranks that are measured unless others are named.</summary>
    public static IReadOnlyList<int> UsualRanks { get; } = [10, 20, 30, 50, 75, 100, 150, 200, 300, 400];

    /// <summary>The ranks of an order, the full one last.</summary>
    public int[] RanksOf(int full) => [.. Ranks.Where(rank => rank < full), full];
}
