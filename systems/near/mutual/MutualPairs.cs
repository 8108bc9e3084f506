using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Cuts the rows of the mutual near field into blocks that the inner loops hold in registers (<see cref="MutualTile{TKernel, T, TRegister, TPart}"/>).</summary>
internal static unsafe class MutualPairs<TKernel, T, TRegister, TPart>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where TPart : struct, IFieldPart
{
    private const int Most = MutualTile<TKernel, T, TRegister, TPart>.Most;

    /// <summary>Numbers a point's sums have.</summary>
    public static int Components => TKernel.PotentialComponents * (TPart.Gradient ? 4 : 1);

    /// <summary>Numbers of memory that <see cref="Add"/> needs beside rows and columns: the two tables of <see cref="ColumnSpan{T}"/>, and the rows of the last block.</summary>
    public static int HeldLength => (2 * Table) + (4 * Most);

    private static int Reach => Most + TRegister.Count;

    private static int Table => (2 * Reach) + TRegister.Count;

    /// <summary>Prepares the memory that <see cref="Add"/> takes.</summary>
    /// <param name="held">The memory.</param>
    /// <param name="far">A coordinate farther away than any row's can be.</param>
    public static void Prepare(T* held, T far)
    {
        for (int i = 0; i < Table; i++)
        {
            bool present = i > Reach && i < 2 * Reach;
            held[i] = present ? T.One : T.Zero;
            held[Table + i] = present ? T.Zero : far;
        }
    }

    /// <summary>A register of 1 in the first lanes and 0 in the others.</summary>
    public static T* FirstLanes(T* held, int lanes) => held + (2 * Reach) - lanes;

    /// <summary>Lets rows and columns act on each other.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="charges">Their charges, a row's components together.</param>
    /// <param name="rowSums">Receives their sums by column, <paramref name="rowStride"/> numbers apart; up to a whole block is written.</param>
    /// <param name="rowStride">Numbers from one column of the rows' sums to the next.</param>
    /// <param name="columns">The columns; whole registers, where there is no point charges zero and a place that no row has.</param>
    /// <param name="same">True if the columns begin with the rows: then a row meets only the columns behind it.</param>
    /// <param name="held">Memory of <see cref="HeldLength"/> numbers after <see cref="Prepare"/>.</param>
    /// <returns>Whether all rows' sums are finite: if not, points may coincide that the lanes do not look for.</returns>
    [SkipLocalsInit]
    public static bool Add(
        TKernel kernel, PointList<T> rows, T* charges, T* rowSums, int rowStride, in MutualColumns<T> columns, bool same, T* held)
    {
        int end = (columns.Count + TRegister.Count - 1) / TRegister.Count * TRegister.Count, full = MutualTile<TKernel, T, TRegister, TPart>.Rows;
        for (int row = 0; row < rows.Count; row += full)
        {
            int count = Math.Min(full, rows.Count - row);
            PointList<T> block = new(rows.X + row, rows.Y + row, rows.Z + row, full);
            T* charge = charges + (row * TKernel.SourceComponents);
            if (count < full) Fill(ref block, ref charge, count, held + (2 * Table));
            int first = same ? (row + 1) / TRegister.Count * TRegister.Count : 0, start = same ? (row + count + TRegister.Count - 1) / TRegister.Count * TRegister.Count : 0;
            T* present = held + Reach - row;
            ColumnSpan<T> span = new(first, start, end, present, present + Table);
            MutualTile<TKernel, T, TRegister, TPart>.Stream(kernel, in block, charge, in columns, in span, rowSums + row, rowStride);
        }
        return AreFinite(rowSums, rows.Count);
    }

    // The first component tells (CoincidentPair). Once for all rows: number by number behind each block it takes 3 % more time (f32, 54 rows, 444 columns).
    private static bool AreFinite(T* sums, int count)
    {
        int whole = count / TRegister.Count * TRegister.Count;
        TRegister lanes = TRegister.Zero;
        for (int i = 0; i < whole; i += TRegister.Count) lanes += TRegister.Load(sums + i);
        T total = TRegister.Sum(lanes);
        for (int i = whole; i < count; i++) total += sums[i];
        return T.IsFinite(total);
    }

    // Rows that don't fill a block are copied, and the last one repeated without its charge up to a whole or half a block. Its sums land behind those of the rows.
    private static void Fill(ref PointList<T> rows, ref T* charge, int count, T* spare)
    {
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
}
