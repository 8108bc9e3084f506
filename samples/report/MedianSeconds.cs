using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>The median of repeated runs.</summary>
public static class MedianSeconds
{
    /// <summary>
    /// The run whose total is the median, so that its parts still add up; of an even number, the mean of the two middle runs.
    /// </summary>
    public static FmmSeconds Of(IReadOnlyList<FmmSeconds> runs)
    {
        FmmSeconds[] sorted = [.. runs.OrderBy(run => run.Total)];
        FmmSeconds low = sorted[(sorted.Length - 1) / 2];
        FmmSeconds high = sorted[sorted.Length / 2];
        return ReferenceEquals(low, high) ? low : new FmmSeconds(
            (low.Tree + high.Tree) / 2,
            (low.Lists + high.Lists) / 2,
            (low.Operators + high.Operators) / 2,
            (low.Evaluate + high.Evaluate) / 2,
            [.. low.BySystem.Zip(high.BySystem, (a, b) => KeyValuePair.Create(a.Key, (a.Value + b.Value) / 2))]);
    }
}
