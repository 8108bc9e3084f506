using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Finds the borders between ranks along the Morton curve: by samples of the sorted points, so that work is shared evenly (a sample sort, as in Sundar, Sampath and
/// Biros 2008), then moved to the nearest edge of a leaf of the tree that all points together make, and from there back to the first cell of
/// the largest node that has no point before it. So every leaf belongs to one rank, and a node that a border cuts has points on both sides of it.
/// </summary>
/// <param name="ranks">The ranks.</param>
/// <param name="sources">This rank's given sources, sorted.</param>
/// <param name="targets">Its given targets, sorted; the sources where they are the same.</param>
/// <param name="shared">Whether they are the same.</param>
/// <param name="shape">The tree's extent.</param>
/// <param name="settings">How far the tree is refined.</param>
internal readonly unsafe struct BorderSearch(IRanks ranks, SortedKeys sources, SortedKeys targets, bool shared, TreeShape shape, TreeSettings settings)
{
    private const int Levels = Morton.MaxLevel + 1;

    // So many samples of a rank at least, and of all ranks together at most (16 MB).
    private const int FewestSamples = 256, MostSamples = 1 << 20;
    private const int Sums = 3, Extremes = 4;
    private readonly int _narrowest = settings.NarrowestLevel(shape.RootCube);

    /// <summary>Sets the borders, and what all ranks have in the nodes that they cut.</summary>
    /// <param name="cells">Receives both.</param>
    /// <param name="sourceRoute">The sources' order, and what each costs, if that is known.</param>
    /// <param name="targetRoute">The targets'; not read where they are shared.</param>
    /// <param name="leaf">The most points of a leaf whose edges borders may lie at: no leaf of the tree may hold more.</param>
    public void Find(RankCells cells, RankRoute sourceRoute, RankRoute targetRoute, int leaf)
    {
        ulong[] borders = Divide(sourceRoute, targetRoute);
        ToLeaves(borders, leaf);
        ToNodes(borders);
        cells.Set(borders);
        (long[] sums, long[] extremes) = Tables(borders);
        for (int border = 0; border < borders.Length; border++)
        {
            for (int level = 0; level < Levels; level++)
            {
                int row = (border * Levels) + level;
                cells.Set(border + 1, level, new NodeTotals(sums[Sums * row], sums[(Sums * row) + 1], Coincide(sums, extremes, row)));
            }
        }
    }

    private ulong[] Divide(RankRoute sourceRoute, RankRoute targetRoute)
    {
        // Work is known where it is on all ranks: it counts beside that of the others.
        bool known = ranks.Largest(IsKnown(sourceRoute) && (shared || IsKnown(targetRoute)) ? 0 : 1) == 0;
        int kinds = shared ? 1 : 2, each = Math.Clamp(32 * ranks.Count, FewestSamples, Math.Max(16, MostSamples / ranks.Count));
        Sample[] own = new Sample[kinds * each], all = new Sample[own.Length * ranks.Count];
        Take(sources, known ? sourceRoute : null, own.AsSpan(0, each));
        if (!shared) Take(targets, known ? targetRoute : null, own.AsSpan(each));
        ranks.Gather<Sample>(own, all);
        Array.Sort(all, (a, b) => a.Key.CompareTo(b.Key));
        double total = 0, before = 0;
        foreach (Sample sample in all) total += sample.Weight;
        ulong[] borders = new ulong[ranks.Count - 1];
        int at = 0;
        for (int border = 0; border < borders.Length; border++)
        {
            double wanted = total * (border + 1) / ranks.Count;
            while (at < all.Length && before + (0.5 * all[at].Weight) < wanted) before += all[at++].Weight;
            borders[border] = at < all.Length ? all[at].Key : RankCells.End;
        }

        return borders;
    }

    private static bool IsKnown(RankRoute route) => route.Weights.Length == route.Given;

    // Samples that stand for the same work each.
    private static void Take(in SortedKeys points, RankRoute? route, Span<Sample> samples)
    {
        double total = points.Count, before = 0;
        float* weights = null;
        int* order = null;
        if (route is not null)
        {
            weights = route.Weights.Pointer;
            order = route.Order.Pointer;
            total = 0;
            for (int i = 0; i < points.Count; i++) total += weights[order[i]];
        }

        int point = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            double wanted = total * (i + 0.5) / samples.Length;
            if (weights == null) point = (int)Math.Min(points.Count - 1L, (long)wanted);
            else for (; point < points.Count - 1 && before + weights[order[point]] <= wanted; point++) before += weights[order[point]];
            samples[i] = points.Count == 0 ? default : new Sample(points.Keys[point], total / samples.Length);
        }
    }

    private void ToLeaves(ulong[] borders, int leaf)
    {
        (long[] sums, long[] extremes) = Tables(borders);
        for (int border = 0; border < borders.Length; border++)
        {
            int level = 0;
            while (level < Morton.MaxLevel && Splits(sums, extremes, (border * Levels) + level, level, leaf)) level++;
            if (borders[border] == RankCells.End) continue;
            ulong key = borders[border] >> (3 * (Morton.MaxLevel - level));
            int row = Sums * ((border * Levels) + level);
            long points = sums[row] + (shared ? 0 : sums[row + 1]), before = sums[row + 2];
            borders[border] = 2 * before <= points ? RankCells.First(key, level) : RankCells.Behind(key, level);
        }
    }

    private void ToNodes(ulong[] borders)
    {
        // The last point before each border, and the first behind it, as a negative number: the largest of both counts.
        long[] nearest = new long[2 * borders.Length];
        for (int border = 0; border < borders.Length; border++)
        {
            long before = -1, behind = long.MaxValue;
            Look(sources, borders[border], ref before, ref behind);
            if (!shared) Look(targets, borders[border], ref before, ref behind);
            (nearest[2 * border], nearest[(2 * border) + 1]) = (before, -behind);
        }

        ranks.Largest<long>(nearest);
        for (int border = 0; border < borders.Length; border++)
        {
            long before = nearest[2 * border], behind = -nearest[(2 * border) + 1];
            if (behind == long.MaxValue) borders[border] = RankCells.End;
            else if (before < 0) borders[border] = 0;
            else
            {
                int shift = BitOperations.Log2((ulong)(before ^ behind)) / 3 * 3;
                borders[border] = ((ulong)behind >> shift) << shift;
            }
        }

        static void Look(in SortedKeys points, ulong border, ref long before, ref long behind)
        {
            int at = points.LowerBound(0, points.Count, border);
            if (at > 0) before = Math.Max(before, (long)points.Keys[at - 1]);
            if (at < points.Count) behind = Math.Min(behind, (long)points.Keys[at]);
        }
    }

    // For each border and level, of the node that holds its cell: sources, targets and points before the border; then the last and the negative first cell of both.
    private (long[] Sums, long[] Extremes) Tables(ulong[] borders)
    {
        long[] sums = new long[Sums * borders.Length * Levels], extremes = new long[Extremes * borders.Length * Levels];
        for (int border = 0; border < borders.Length; border++)
        {
            for (int level = 0; level < Levels; level++)
            {
                int row = (border * Levels) + level, shift = 3 * (Morton.MaxLevel - level);
                ulong key = Math.Min(borders[border], RankCells.End - 1) >> shift;
                Look(sources, key, level, borders[border], sums.AsSpan(Sums * row, 1), ref sums[(Sums * row) + 2], extremes.AsSpan(Extremes * row, 2));
                if (shared)
                {
                    sums[(Sums * row) + 1] = sums[Sums * row];
                    extremes.AsSpan(Extremes * row, 2).CopyTo(extremes.AsSpan((Extremes * row) + 2));
                }
                else
                {
                    Look(targets, key, level, borders[border], sums.AsSpan((Sums * row) + 1, 1), ref sums[(Sums * row) + 2], extremes.AsSpan((Extremes * row) + 2, 2));
                }
            }
        }

        ranks.Sum<long>(sums);
        ranks.Largest<long>(extremes);
        return (sums, extremes);

        static void Look(in SortedKeys points, ulong key, int level, ulong border, Span<long> count, ref long before, Span<long> ends)
        {
            int first = points.LowerBound(0, points.Count, RankCells.First(key, level)), end = points.LowerBound(first, points.Count, RankCells.Behind(key, level));
            count[0] = end - first;
            before += points.LowerBound(first, end, border) - first;
            ends[0] = first < end ? (long)points.Keys[end - 1] : long.MinValue;
            ends[1] = first < end ? -(long)points.Keys[first] : long.MinValue;
        }
    }

    private bool Coincide(long[] sums, long[] extremes, int row)
    {
        if (settings.UniformDepth is not null) return false;
        return (sums[Sums * row] < 2 || extremes[Extremes * row] == -extremes[(Extremes * row) + 1])
            && (sums[(Sums * row) + 1] < 2 || extremes[(Extremes * row) + 2] == -extremes[(Extremes * row) + 3]);
    }

    private bool Splits(long[] sums, long[] extremes, int row, int level, int leaf)
    {
        long own = sums[Sums * row], others = sums[(Sums * row) + 1];
        if (level < shape.LeastLevel && (own | others) != 0) return true;
        bool wanted = settings.UniformDepth is int depth ? level < depth && (own | others) != 0 : level < settings.MaxLevel && Math.Max(own, others) > leaf;
        return wanted && level < _narrowest && !Coincide(sums, extremes, row);
    }

    private readonly record struct Sample(ulong Key, double Weight);
}
