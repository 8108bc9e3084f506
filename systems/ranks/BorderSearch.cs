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

    // So many samples of a rank at least, and of all ranks together at most (8 MB).
    private const int FewestSamples = 256, MostSamples = 1 << 20;
    private const int Sums = 3, Extremes = 4;
    private readonly int _narrowest = settings.NarrowestLevel(shape.RootCube);

    /// <summary>Sets the borders, and what all ranks have in the nodes that they cut.</summary>
    /// <param name="cells">Receives both.</param>
    /// <param name="curve">What points cost, if that is known.</param>
    /// <param name="leaf">The most points of a leaf whose edges borders may lie at: no leaf of the tree may hold more.</param>
    public void Find(RankCells cells, WorkCurve curve, int leaf)
    {
        ulong[] borders = Divide(curve);
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

    /// <summary>Samples of each of so many ranks: more where there are more borders to find, until there are too many of all.</summary>
    internal static int SamplesOf(int ranks) => (int)Math.Min(Math.Max(32L * ranks, FewestSamples), Math.Max(16, MostSamples / ranks));

    private ulong[] Divide(WorkCurve curve)
    {
        int kinds = shared ? 1 : 2, each = SamplesOf(ranks.Count);
        ulong[] own = new ulong[kinds * each], keys = new ulong[own.Length * ranks.Count];
        Take(shared ? sources : targets, own.AsSpan(0, each));
        if (!shared) Take(sources, own.AsSpan(each));
        ranks.Gather<ulong>(own, keys);
        Given[] given = ranks.Gather(new Given((shared ? sources : targets).Count, sources.Count, curve.IsKnown ? 1 : 0));
        // Work is known where it is on all ranks: it counts beside that of the others.
        bool known = given.All(one => one.IsKnown != 0);
        (ulong[] places, double[] work) = known ? curve.Gather(ranks, shape) : ([], []);
        double[] weights = new double[keys.Length];
        for (int rank = 0; rank < ranks.Count; rank++)
        {
            Span<double> one = weights.AsSpan(rank * own.Length, own.Length);
            Weigh(keys.AsSpan(rank * own.Length, each), (double)given[rank].Targets / each, places, work, one);
            if (!shared) one[each..].Fill((known ? curve.Source : 1) * given[rank].Sources / each);
        }

        Array.Sort(keys, weights);
        double total = weights.Sum(), before = 0;
        ulong[] borders = new ulong[ranks.Count - 1];
        int at = 0;
        for (int border = 0; border < borders.Length; border++)
        {
            double wanted = total * (border + 1) / ranks.Count;
            while (at < keys.Length && before + (0.5 * weights[at]) < wanted) before += weights[at++];
            borders[border] = at < keys.Length ? keys[at] : RankCells.End;
        }

        return borders;
    }

    // Samples that stand for as many points each.
    private static void Take(in SortedKeys points, Span<ulong> samples)
    {
        for (int i = 0; i < samples.Length && points.Count > 0; i++) samples[i] = points.Keys[(long)(points.Count * (i + 0.5) / samples.Length)];
    }

    private static void Weigh(ReadOnlySpan<ulong> samples, double points, ulong[] places, double[] work, Span<double> weights)
    {
        int place = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            while (place < places.Length - 1 && places[place + 1] <= samples[i]) place++;
            weights[i] = places.Length > 0 ? points * work[place] : points;
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

    private readonly record struct Given(long Targets, long Sources, long IsKnown);
}
