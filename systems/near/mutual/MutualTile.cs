using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The inner loops of the mutual near field: each pair of a row (a point broadcast over the lanes) and a column (a point in a lane) is
/// evaluated once and added to both. Some rows stand in registers with their sums while the columns stream past them; first come those
/// registers of columns in which a row meets only the lanes behind it.
/// </summary>
/// <remarks>
/// Those of one component are spelt out: the JIT's budget for inlining ends before two rows of the general form do, and what is not inlined
/// lies in memory (7 G pairs/s where four rows of the potential reach 14). What describes a block comes by reference: a copy would be read by
/// registers wider than the numbers it was written by, and wait for them (44 G pairs/s of the bare loop in f32 instead of 68).
/// </remarks>
internal static unsafe class MutualTile<TKernel, T, TRegister, TPart>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where TPart : struct, IFieldPart
{
    /// <summary>
    /// Most rows held at once. Four of the plain potential measured 20 G pairs/s where two reach 18 (f64, 512 bits, two cores of Zen 5)
    /// and 21 where two reach 19 (f32, 256 bits).
    /// </summary>
    public const int Most = 4;

    /// <summary>Rows of a full block.</summary>
    public static int Rows => !IsScalar ? 1 : TPart.Gradient ? 2 : Most;

    private static bool IsScalar => TKernel.PotentialComponents == 1 && TKernel.SourceComponents == 1;

    // Laplace's evaluations fit the JIT's budget twice; of longer ones the registers in which a row meets only some lanes are taken apart.
    private static bool IsShort => IsScalar && TKernel.MutualPairFlops(TPart.Gradient) <= (TPart.Gradient ? 28 : 13);

    /// <summary>The loop for so many rows: <see cref="Rows"/> or, of the plain potential, half as many.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="charges">Their charges.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="span">Which of them, and which lanes of the first.</param>
    /// <param name="rowSums">Receives the rows' sums.</param>
    /// <param name="stride">Numbers from one component's to the next's.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(TKernel kernel, in PointList<T> rows, T* charges, in MutualColumns<T> columns, in ColumnSpan<T> span, T* rowSums, nint stride)
    {
        if (IsShort) Stream<OwnRegisters>(kernel, in rows, charges, in columns, in span, rowSums, stride);
        else Stream<NoRegisters>(kernel, in rows, charges, in columns, in span, rowSums, stride);
        if (IsShort) return;
        for (int row = 0; span.First < span.Start && row < rows.Count; row++)
        {
            PointList<T> one = new(rows.X + row, rows.Y + row, rows.Z + row, 1);
            ColumnSpan<T> behind = new(span.First, span.Start, span.End, span.Present - row, span.Away - row);
            MutualRow<TKernel, T, TRegister, TPart>.AddBehind(kernel, in one, charges + (row * TKernel.SourceComponents), in columns, in behind, rowSums + row, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Stream<TOwn>(TKernel kernel, in PointList<T> rows, T* charges, in MutualColumns<T> columns, in ColumnSpan<T> span, T* rowSums, nint stride)
        where TOwn : struct
    {
        if (!IsScalar) MutualRow<TKernel, T, TRegister, TPart>.Row(kernel, in rows, charges, in columns, in span, rowSums, stride);
        else if (TPart.Gradient) GradientOf2<TOwn>(kernel, in rows, charges, in columns, in span, rowSums, stride);
        else if (rows.Count == Most) PotentialOf4<TOwn>(kernel, in rows, charges, in columns, in span, rowSums);
        else PotentialOf2<TOwn>(kernel, in rows, charges, in columns, in span, rowSums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PotentialOf2<TOwn>(TKernel kernel, in PointList<T> rows, T* charges, in MutualColumns<T> columns, in ColumnSpan<T> span, T* rowSums)
        where TOwn : struct
    {
        TRegister x0 = TRegister.Broadcast(rows.X), x1 = TRegister.Broadcast(rows.X + 1);
        TRegister y0 = TRegister.Broadcast(rows.Y), y1 = TRegister.Broadcast(rows.Y + 1);
        TRegister z0 = TRegister.Broadcast(rows.Z), z1 = TRegister.Broadcast(rows.Z + 1);
        PairCharge<TRegister> q0 = default, q1 = default, p = default;
        q0.Q0 = TRegister.Broadcast(charges);
        q1.Q0 = TRegister.Broadcast(charges + 1);
        FieldSum<TRegister> sum0 = default, sum1 = default, at = default;
        T* cx = columns.X, cy = columns.Y, cz = columns.Z, cq = columns.Charges, sums = columns.Sums;
        for (nint c = span.First; typeof(TOwn) == typeof(OwnRegisters) && c < span.Start; c += TRegister.Count)
        {
            TRegister x = TRegister.Load(cx + c), y = TRegister.Load(cy + c), z = TRegister.Load(cz + c);
            p.Q0 = TRegister.Load(cq + c);
            at.P0 = TRegister.Load(sums + c);
            T* present = span.Present + c, away = span.Away + c;
            Behind(kernel, present, x - x0 + TRegister.Load(away), y - y0, z - z0, q0, p, ref sum0, ref at);
            Behind(kernel, present - 1, x - x1 + TRegister.Load(away - 1), y - y1, z - z1, q1, p, ref sum1, ref at);
            TRegister.Store(at.P0, sums + c);
        }
        for (nint c = span.Start; c < span.End; c += TRegister.Count)
        {
            TRegister x = TRegister.Load(cx + c), y = TRegister.Load(cy + c), z = TRegister.Load(cz + c);
            p.Q0 = TRegister.Load(cq + c);
            at.P0 = TRegister.Load(sums + c);
            TKernel.MutualPotential<T, TRegister>(kernel, x - x0, y - y0, z - z0, q0, p, ref sum0, ref at);
            TKernel.MutualPotential<T, TRegister>(kernel, x - x1, y - y1, z - z1, q1, p, ref sum1, ref at);
            TRegister.Store(at.P0, sums + c);
        }
        rowSums[0] = TRegister.Sum(sum0.P0);
        rowSums[1] = TRegister.Sum(sum1.P0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientOf2<TOwn>(TKernel kernel, in PointList<T> rows, T* charges, in MutualColumns<T> columns, in ColumnSpan<T> span, T* rowSums, nint rowStride)
        where TOwn : struct
    {
        TRegister x0 = TRegister.Broadcast(rows.X), x1 = TRegister.Broadcast(rows.X + 1);
        TRegister y0 = TRegister.Broadcast(rows.Y), y1 = TRegister.Broadcast(rows.Y + 1);
        TRegister z0 = TRegister.Broadcast(rows.Z), z1 = TRegister.Broadcast(rows.Z + 1);
        PairCharge<TRegister> q0 = default, q1 = default, p = default;
        q0.Q0 = TRegister.Broadcast(charges);
        q1.Q0 = TRegister.Broadcast(charges + 1);
        FieldSum<TRegister> sum0 = default, sum1 = default, at = default;
        T* cx = columns.X, cy = columns.Y, cz = columns.Z, cq = columns.Charges;
        T* sp = columns.Sums, sx = sp + columns.Stride, sy = sx + columns.Stride, sz = sy + columns.Stride;
        for (nint c = span.First; typeof(TOwn) == typeof(OwnRegisters) && c < span.Start; c += TRegister.Count)
        {
            TRegister x = TRegister.Load(cx + c), y = TRegister.Load(cy + c), z = TRegister.Load(cz + c);
            p.Q0 = TRegister.Load(cq + c);
            at.P0 = TRegister.Load(sp + c);
            at.G0X = TRegister.Load(sx + c);
            at.G0Y = TRegister.Load(sy + c);
            at.G0Z = TRegister.Load(sz + c);
            T* present = span.Present + c, away = span.Away + c;
            Behind(kernel, present, x - x0 + TRegister.Load(away), y - y0, z - z0, q0, p, ref sum0, ref at);
            Behind(kernel, present - 1, x - x1 + TRegister.Load(away - 1), y - y1, z - z1, q1, p, ref sum1, ref at);
            TRegister.Store(at.P0, sp + c);
            TRegister.Store(at.G0X, sx + c);
            TRegister.Store(at.G0Y, sy + c);
            TRegister.Store(at.G0Z, sz + c);
        }
        for (nint c = span.Start; c < span.End; c += TRegister.Count)
        {
            TRegister x = TRegister.Load(cx + c), y = TRegister.Load(cy + c), z = TRegister.Load(cz + c);
            p.Q0 = TRegister.Load(cq + c);
            at.P0 = TRegister.Load(sp + c);
            at.G0X = TRegister.Load(sx + c);
            at.G0Y = TRegister.Load(sy + c);
            at.G0Z = TRegister.Load(sz + c);
            TKernel.MutualPotentialAndGradient<T, TRegister>(kernel, x - x0, y - y0, z - z0, q0, p, ref sum0, ref at);
            TKernel.MutualPotentialAndGradient<T, TRegister>(kernel, x - x1, y - y1, z - z1, q1, p, ref sum1, ref at);
            TRegister.Store(at.P0, sp + c);
            TRegister.Store(at.G0X, sx + c);
            TRegister.Store(at.G0Y, sy + c);
            TRegister.Store(at.G0Z, sz + c);
        }
        SumColumns<TKernel, T, TRegister, TPart>.Fold(sum0, rowSums, rowStride);
        SumColumns<TKernel, T, TRegister, TPart>.Fold(sum1, rowSums + 1, rowStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PotentialOf4<TOwn>(TKernel kernel, in PointList<T> rows, T* charges, in MutualColumns<T> columns, in ColumnSpan<T> span, T* rowSums)
        where TOwn : struct
    {
        TRegister x0 = TRegister.Broadcast(rows.X), x1 = TRegister.Broadcast(rows.X + 1), x2 = TRegister.Broadcast(rows.X + 2), x3 = TRegister.Broadcast(rows.X + 3);
        TRegister y0 = TRegister.Broadcast(rows.Y), y1 = TRegister.Broadcast(rows.Y + 1), y2 = TRegister.Broadcast(rows.Y + 2), y3 = TRegister.Broadcast(rows.Y + 3);
        TRegister z0 = TRegister.Broadcast(rows.Z), z1 = TRegister.Broadcast(rows.Z + 1), z2 = TRegister.Broadcast(rows.Z + 2), z3 = TRegister.Broadcast(rows.Z + 3);
        PairCharge<TRegister> q0 = default, q1 = default, q2 = default, q3 = default, p = default;
        q0.Q0 = TRegister.Broadcast(charges);
        q1.Q0 = TRegister.Broadcast(charges + 1);
        q2.Q0 = TRegister.Broadcast(charges + 2);
        q3.Q0 = TRegister.Broadcast(charges + 3);
        FieldSum<TRegister> sum0 = default, sum1 = default, sum2 = default, sum3 = default, at = default;
        T* cx = columns.X, cy = columns.Y, cz = columns.Z, cq = columns.Charges, sums = columns.Sums;
        for (nint c = span.First; typeof(TOwn) == typeof(OwnRegisters) && c < span.Start; c += TRegister.Count)
        {
            TRegister x = TRegister.Load(cx + c), y = TRegister.Load(cy + c), z = TRegister.Load(cz + c);
            p.Q0 = TRegister.Load(cq + c);
            at.P0 = TRegister.Load(sums + c);
            T* present = span.Present + c, away = span.Away + c;
            Behind(kernel, present, x - x0 + TRegister.Load(away), y - y0, z - z0, q0, p, ref sum0, ref at);
            Behind(kernel, present - 1, x - x1 + TRegister.Load(away - 1), y - y1, z - z1, q1, p, ref sum1, ref at);
            Behind(kernel, present - 2, x - x2 + TRegister.Load(away - 2), y - y2, z - z2, q2, p, ref sum2, ref at);
            Behind(kernel, present - 3, x - x3 + TRegister.Load(away - 3), y - y3, z - z3, q3, p, ref sum3, ref at);
            TRegister.Store(at.P0, sums + c);
        }
        for (nint c = span.Start; c < span.End; c += TRegister.Count)
        {
            TRegister x = TRegister.Load(cx + c), y = TRegister.Load(cy + c), z = TRegister.Load(cz + c);
            p.Q0 = TRegister.Load(cq + c);
            at.P0 = TRegister.Load(sums + c);
            TKernel.MutualPotential<T, TRegister>(kernel, x - x0, y - y0, z - z0, q0, p, ref sum0, ref at);
            TKernel.MutualPotential<T, TRegister>(kernel, x - x1, y - y1, z - z1, q1, p, ref sum1, ref at);
            TKernel.MutualPotential<T, TRegister>(kernel, x - x2, y - y2, z - z2, q2, p, ref sum2, ref at);
            TKernel.MutualPotential<T, TRegister>(kernel, x - x3, y - y3, z - z3, q3, p, ref sum3, ref at);
            TRegister.Store(at.P0, sums + c);
        }
        TRegister.Sum4(sum0.P0, sum1.P0, sum2.P0, sum3.P0, rowSums);
    }

    // A row and those lanes of a register that the mask has 1 for; the others are far away, and have no charges.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Behind(
        TKernel kernel, T* mask, TRegister dx, TRegister dy, TRegister dz, PairCharge<TRegister> row, PairCharge<TRegister> column,
        ref FieldSum<TRegister> atRow, ref FieldSum<TRegister> atColumn)
    {
        TRegister present = TRegister.Load(mask);
        row.Q0 *= present;
        column.Q0 *= present;
        MutualRow<TKernel, T, TRegister, TPart>.Pair(kernel, dx, dy, dz, row, column, ref atRow, ref atColumn);
    }

    // The registers of columns in which a row meets only some lanes: with the others, or apart. The JIT leaves out what another type asks for
    // before it counts what it inlines.
    private readonly struct OwnRegisters;

    private readonly struct NoRegisters;
}
