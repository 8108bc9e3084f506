using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// What of a source box's coefficients reaches any of the far boxes of an octet: the right singular vectors of the transfers to them,
/// one above the other, by their sketches (Halko, Martinsson and Tropp 2011, section 4).
/// </summary>
/// <remarks>
/// Where the swap of x and y maps the class to itself, what is even and what is odd under it are decomposed each for itself.
/// </remarks>
internal sealed class ClassReach
{
    /// <summary>Decomposes what the leading coefficients send.</summary>
    /// <param name="algebra">Who decomposes.</param>
    /// <param name="sketch">Combinations of the class's transfers: rows of all leading coefficients.</param>
    /// <param name="depth">Leading coefficients.</param>
    /// <param name="swap">What the swap of x and y makes of the coefficients, or nothing.</param>
    /// <param name="budget">Sum of the squares that may be lost.</param>
    /// <param name="lane">The rank is rounded up to a multiple of this.</param>
    public ClassReach(ILinearAlgebra algebra, Span<double> sketch, int depth, ReadOnlySpan<CoefficientImage> swap, double budget, int lane)
    {
        (Svd Svd, int[] Columns, int Sign)[] parts = Parts(algebra, sketch, depth, swap);
        (double Value, int Part, int Index)[] all = [.. parts
            .SelectMany((part, number) => part.Svd.S.Select((value, index) => (value, number, index)))
            .OrderByDescending(one => one.value).ThenBy(one => one.number).ThenBy(one => one.index)];
        int rank = all.Length;
        double lost = 0;
        while (rank > 1 && (lost += all[rank - 1].Value * all[rank - 1].Value) <= budget) rank--;
        Rank = Math.Min(PackedMatrix.Columns(rank, lane), all.Length);
        Vectors = new double[Rank * depth];
        Signs = new int[Rank];
        for (int i = 0; i < Rank; i++)
        {
            (Svd svd, int[] columns, int sign) = parts[all[i].Part];
            Signs[i] = sign;
            ReadOnlySpan<double> vector = svd.Vt.AsSpan(all[i].Index * columns.Length, columns.Length);
            Span<double> target = Vectors.AsSpan(i * depth, depth);
            for (int j = 0; j < columns.Length; j++) target[columns[j]] = vector[j];
            if (swap.Length > 0) Mix(target, swap);
        }
    }

    /// <summary>Vectors that matter.</summary>
    public int Rank { get; }

    /// <summary>The vectors, one after the other.</summary>
    public double[] Vectors { get; }

    /// <summary>1 or -1: what the swap of x and y makes of each.</summary>
    public int[] Signs { get; }

    private static (Svd Svd, int[] Columns, int Sign)[] Parts(ILinearAlgebra algebra, Span<double> sketch, int depth, ReadOnlySpan<CoefficientImage> swap)
    {
        int samples = sketch.Length / depth;
        if (swap.Length == 0) return [(algebra.Svd(sketch.ToArray(), samples, depth), [.. Enumerable.Range(0, depth)], 1)];
        for (int i = 0; i < samples; i++) Mix(sketch.Slice(i * depth, depth), swap);
        List<(Svd, int[], int)> parts = [];
        foreach (int sign in (int[])[1, -1])
        {
            List<int> columns = [];
            for (int j = 0; j < depth; j++)
            {
                double character = swap[j].From == j ? swap[j].First : j < swap[j].From ? 1 : -1;
                if (character * sign > 0) columns.Add(j);
            }
            if (columns.Count == 0) continue;
            double[] part = new double[samples * columns.Count];
            for (int i = 0; i < samples; i++)
            {
                for (int j = 0; j < columns.Count; j++) part[(i * columns.Count) + j] = sketch[(i * depth) + columns[j]];
            }
            parts.Add((algebra.Svd(part, samples, columns.Count), [.. columns], sign));
        }
        return [.. parts];
    }

    // Coefficients that the swap maps to each other become their even part, at the place of the first, and their odd part; and back.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mix(Span<double> row, ReadOnlySpan<CoefficientImage> swap)
    {
        double half = Math.Sqrt(0.5);
        for (int j = 0; j < row.Length; j++)
        {
            int other = swap[j].From;
            if (other <= j) continue;
            double here = row[j], there = swap[j].First * row[other];
            row[j] = half * (here + there);
            row[other] = swap[j].First * half * (here - there);
        }
    }
}
