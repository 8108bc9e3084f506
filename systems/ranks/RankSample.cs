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
        return [.. Enumerable.Range(0, chosen.Length).Select(i => new Position(numbers[3 * i], numbers[(3 * i) + 1], numbers[(3 * i) + 2]))];
    }
}
