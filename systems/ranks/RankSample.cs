using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Evenly strided points of all that the ranks were given, in the order of the ranks: the points that one rank alone would take.</summary>
internal static class RankSample
{
    /// <summary>The indices, in this rank's own points, of those of a sample that are its own; -1 for the others.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">Points of this rank.</param>
    /// <param name="samples">How many to take; all points if there are fewer.</param>
    public static int[] Choose(IRanks ranks, int own, int samples)
    {
        long[] counts = ranks.Gather((long)own);
        long total = counts.Sum(), before = counts.Take(ranks.Rank).Sum();
        int[] chosen = new int[(int)Math.Min(samples, total)];
        for (int i = 0; i < chosen.Length; i++)
        {
            long index = (total * i / chosen.Length) - before;
            chosen[i] = index >= 0 && index < own ? (int)index : -1;
        }

        return chosen;
    }

    /// <summary>Evenly strided points of sources and targets together, on all ranks: sources come first.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="sources">This rank's sources.</param>
    /// <param name="targets">Its targets; null where they are the sources.</param>
    /// <param name="samples">How many to take; all points if there are fewer.</param>
    /// <param name="total">Points of all ranks.</param>
    public static Position[] Of(IRanks ranks, NativeBuffer<Position> sources, NativeBuffer<Position>? targets, int samples, out long total)
    {
        long[] all = ranks.Gather((long)sources.Length), others = ranks.Gather((long)(targets?.Length ?? 0));
        total = all.Sum() + others.Sum();
        long before = all.Take(ranks.Rank).Sum(), behind = all.Sum() + others.Take(ranks.Rank).Sum();
        double[] numbers = new double[3 * (int)Math.Min(samples, total)];
        for (int i = 0; i < numbers.Length; i += 3)
        {
            long index = total * (i / 3) / (numbers.Length / 3), source = index - before, target = index - behind;
            Position point = source >= 0 && source < sources.Length ? sources[(int)source] : target >= 0 && target < targets?.Length ? targets[(int)target] : default;
            (numbers[i], numbers[i + 1], numbers[i + 2]) = (point.X, point.Y, point.Z);
        }

        ranks.Sum<double>(numbers);
        return Of(numbers);
    }

    /// <summary>The places of a sample, on all ranks.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="points">This rank's points.</param>
    /// <param name="chosen">Which of them are in the sample: see <see cref="Choose"/>.</param>
    public static Position[] Places(IRanks ranks, ReadOnlySpan<Position> points, ReadOnlySpan<int> chosen)
    {
        double[] numbers = new double[3 * chosen.Length];
        for (int i = 0; i < chosen.Length; i++)
            if (chosen[i] >= 0) (numbers[3 * i], numbers[(3 * i) + 1], numbers[(3 * i) + 2]) = (points[chosen[i]].X, points[chosen[i]].Y, points[chosen[i]].Z);

        // Each has one rank that is not zero.
        ranks.Sum<double>(numbers);
        return Of(numbers);
    }

    private static Position[] Of(double[] numbers) =>
        [.. Enumerable.Range(0, numbers.Length / 3).Select(i => new Position(numbers[3 * i], numbers[(3 * i) + 1], numbers[(3 * i) + 2]))];
}
