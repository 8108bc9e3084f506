using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The few combinations of a source box's coefficients that matter to an octet: the leading right singular vectors of the matrix that has the
/// transfers to all far boxes of the octet one above the other. They are found from a sketch, fewer rows that are random combinations of
/// that matrix's (Halko, Martinsson and Tropp 2011, section 4).
/// </summary>
/// <remarks>
/// Where the swap of x and y maps the class to itself, every vector is even or odd under it: the two kinds are decomposed apart, each at half
/// the size, and a far box's transfers follow from those of its image.
/// </remarks>
internal sealed class ClassVectors
{
    /// <summary>Decomposes a sketch.</summary>
    /// <param name="algebra">Who decomposes.</param>
    /// <param name="sketch">The sketch, a column for each coefficient; it is overwritten.</param>
    /// <param name="depth">How many coefficients, the most significant ones, take part.</param>
    /// <param name="swap">What the swap of x and y makes of the coefficients, or nothing.</param>
    /// <param name="budget">Sum of the squares that may be lost.</param>
    /// <param name="lane">The rank is rounded up to a multiple of this.</param>
    public ClassVectors(ILinearAlgebra algebra, Span<double> sketch, int depth, ReadOnlySpan<CoefficientImage> swap, double budget, int lane)
    {
        (Svd Svd, int[] Columns, int Sign)[] parts = Parts(algebra, sketch, depth, swap);
        double[][] values = new double[parts.Length][];
        int[] copies = new int[parts.Length];
        for (int part = 0; part < parts.Length; part++) (values[part], copies[part]) = (parts[part].Svd.S, 1);
        (int Part, int Index)[] all = RankedValues.Keep(values, copies, budget, lane);
        Rank = all.Length;
        Vectors = new double[Rank * depth];
        Signs = new int[Rank];
        for (int i = 0; i < Rank; i++)
        {
            (Svd svd, int[] columns, int sign) = parts[all[i].Part];
            Signs[i] = sign;
            ReadOnlySpan<double> vector = svd.Vt.AsSpan(all[i].Index * columns.Length, columns.Length);
            Span<double> target = Vectors.AsSpan(i * depth, depth);
            Place(vector, columns, target);
            if (swap.Length > 0) Mix(target, swap);
        }
    }

    /// <summary>Number of vectors.</summary>
    public int Rank { get; }

    /// <summary>The vectors, one after the other.</summary>
    public double[] Vectors { get; }

    /// <summary>1 or -1: what the swap of x and y makes of each.</summary>
    public int[] Signs { get; }

    private static (Svd Svd, int[] Columns, int Sign)[] Parts(ILinearAlgebra algebra, Span<double> sketch, int depth, ReadOnlySpan<CoefficientImage> swap)
    {
        int samples = sketch.Length / depth;
        int[] columns = new int[depth];
        if (swap.Length == 0)
        {
            for (int j = 0; j < depth; j++) columns[j] = j;
            return [(algebra.Svd(sketch.ToArray(), samples, depth), columns, 1)];
        }
        for (int i = 0; i < samples; i++) Mix(sketch.Slice(i * depth, depth), swap);
        int even = 0, odd = depth;
        for (int j = 0; j < depth; j++)
        {
            double character = swap[j].From == j ? swap[j].First : swap[j].From - j;
            columns[character > 0 ? even++ : --odd] = j;
        }
        List<(Svd, int[], int)> parts = [];
        if (even > 0) parts.Add((Part(algebra, sketch, depth, columns.AsSpan(0, even)), columns[..even], 1));
        if (odd < depth) parts.Add((Part(algebra, sketch, depth, columns.AsSpan(odd)), columns[odd..], -1));
        return [.. parts];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Svd Part(ILinearAlgebra algebra, ReadOnlySpan<double> sketch, int depth, ReadOnlySpan<int> columns)
    {
        int samples = sketch.Length / depth;
        double[] part = new double[samples * columns.Length];
        for (int i = 0; i < samples; i++)
        {
            ReadOnlySpan<double> row = sketch.Slice(i * depth, depth);
            for (int j = 0; j < columns.Length; j++) part[(i * columns.Length) + j] = row[columns[j]];
        }
        return algebra.Svd(part, samples, columns.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Place(ReadOnlySpan<double> vector, ReadOnlySpan<int> columns, Span<double> target)
    {
        for (int j = 0; j < columns.Length; j++) target[columns[j]] = vector[j];
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
