using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Rows and columns of the mutual near field act on each other, block of rows by block of rows.</summary>
/// <remarks>
/// <typeparamref name="TApart"/> leaves out the look for coincident points, which costs 18 to 30 % of the potential and 7 % of its gradient (512
/// bits, two cores of Zen 5). Where two points coincide after all, a sum is not finite, and all is done again by <typeparamref name="TLane"/>.
/// </remarks>
internal static unsafe class MutualSum<TKernel, T, TLane, TApart, TPart>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
    where TApart : unmanaged, ILane<TApart, T>
    where TPart : struct, IFieldPart
{
    private const int Most = MutualBlock<TKernel, T, TLane, TPart>.Most;

    /// <summary>Numbers a point's sums have.</summary>
    public static int Components => TKernel.PotentialComponents * (TPart.Gradient ? 4 : 1);

    /// <summary>Whether the shorter loop may be tried.</summary>
    public static bool HasApart => TKernel.ShowsCoincidence && typeof(TApart) != typeof(TLane);

    /// <summary>Numbers of memory that <see cref="Add"/> needs beside rows and columns.</summary>
    public static int HeldLength => (Most * Components * TLane.Count) + (2 * Reach) + TLane.Count + (4 * Most);

    private static int Reach => Most + TLane.Count;

    /// <summary>Prepares the memory that <see cref="Add"/> takes: 1 for columns behind a row, 0 for the others.</summary>
    public static void Prepare(T* held)
    {
        T* mask = Mask(held);
        for (int i = 0; i < (2 * Reach) + TLane.Count; i++) mask[i] = i > Reach && i < 2 * Reach ? T.One : T.Zero;
    }

    /// <summary>A register of 1 in the first lanes and 0 in the others.</summary>
    public static T* First(T* held, int lanes) => Mask(held) + (2 * Reach) - lanes;

    /// <summary>Lets rows and columns act on each other.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="charges">Their charges, a row's components together.</param>
    /// <param name="rowSums">Receives their sums by column, <paramref name="rowStride"/> numbers apart.</param>
    /// <param name="rowStride">Numbers from one column of the rows' sums to the next.</param>
    /// <param name="columns">The columns; whole registers, charges zero where there is no point, and no row's place there.</param>
    /// <param name="same">True if the columns begin with the rows: then a row meets only the columns behind it.</param>
    /// <param name="apart">Whether to try the shorter loop.</param>
    /// <param name="held">Memory of <see cref="HeldLength"/> numbers after <see cref="Prepare"/>.</param>
    /// <returns>False if a row's sum is not finite: where <paramref name="apart"/> is true, points may coincide.</returns>
    [SkipLocalsInit]
    public static bool Add(
        TKernel kernel, PointList<T> rows, T* charges, T* rowSums, int rowStride, MutualColumns<T> columns, bool same, bool apart, T* held)
    {
        int end = (columns.Count + TLane.Count - 1) / TLane.Count * TLane.Count, full = MutualBlock<TKernel, T, TLane, TPart>.Rows;
        T total = T.Zero;
        for (int row = 0; row < rows.Count; row += full)
        {
            int count = Math.Min(full, rows.Count - row);
            PointList<T> block = new(rows.X + row, rows.Y + row, rows.Z + row, full);
            T* charge = charges + (row * TKernel.SourceComponents);
            if (count < full) Fill(ref block, ref charge, count, held);
            new Span<T>(held, Most * Components * TLane.Count).Clear();
            int start = 0;
            if (same)
            {
                start = (row + count + TLane.Count - 1) / TLane.Count * TLane.Count;
                for (int i = 0; i < count; i++)
                {
                    for (int c = (row + i + 1) / TLane.Count * TLane.Count; c < start; c += TLane.Count)
                    {
                        MutualBlock<TKernel, T, TLane, TPart>.Masked(kernel, block, i, charge, columns, c, Mask(held) + Reach + (c - row - i), held);
                    }
                }
            }
            if (apart) MutualBlock<TKernel, T, TApart, TPart>.Stream(kernel, block, charge, columns, start, end, held);
            else MutualBlock<TKernel, T, TLane, TPart>.Stream(kernel, block, charge, columns, start, end, held);
            total += Fold(held, count, rowSums + row, rowStride);
        }
        return T.IsFinite(total);
    }

    private static T* Mask(T* held) => held + (Most * Components * TLane.Count);

    // The last rows and, up to a whole or half a block, the very last once more without its charge: it meets no point that it did not meet before.
    private static void Fill(ref PointList<T> rows, ref T* charge, int count, T* held)
    {
        T* spare = Mask(held) + (2 * Reach) + TLane.Count;
        for (int i = 0; i < Most; i++)
        {
            int from = Math.Min(i, count - 1);
            spare[i] = rows.X[from];
            spare[Most + i] = rows.Y[from];
            spare[(2 * Most) + i] = rows.Z[from];
            spare[(3 * Most) + i] = i < count ? charge[i] : T.Zero;
        }
        rows = new PointList<T>(spare, spare + Most, spare + (2 * Most), count <= 2 ? 2 : Most);
        charge = spare + (3 * Most);
    }

    // The sums of the block's row i, component c, are register c * Most + i. The first component tells whether points coincide.
    private static T Fold(T* held, int count, T* sums, int stride)
    {
        T total = T.Zero;
        for (int c = 0; c < Components; c++)
        {
            for (int i = 0; i < count; i++)
            {
                T sum = TLane.Sum(TLane.Load(held + (((c * Most) + i) * TLane.Count)));
                sums[(c * stride) + i] = sum;
                if (c == 0) total += sum;
            }
        }
        return total;
    }
}
