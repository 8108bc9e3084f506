using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The inner loops of the mutual near field: each pair of a row (a point broadcast over the lanes) and a column (a point in a lane) is
/// evaluated once and added to both. Some rows stand in registers with their sums while the columns stream past them.
/// </summary>
internal static unsafe class MutualBlock<TKernel, T, TLane, TPart>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
    where TPart : struct, IFieldPart
{
    // Rows held at once. Four of the plain potential measured 20 G pairs/s where two reach 18 (f64, 512 bits, two cores of Zen 5)
    // and 21 where two reach 19 (f32, 256 bits).
    public const int Most = 4;

    /// <summary>Rows of a full block.</summary>
    public static int Rows => !IsScalar ? 1 : TPart.Gradient ? 2 : Most;

    private static bool IsScalar => TKernel.PotentialComponents == 1 && TKernel.SourceComponents == 1;

    /// <summary>The loop for so many rows: <see cref="Rows"/> or, of the plain potential, half as many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(TKernel kernel, PointList<T> rows, T* charges, MutualColumns<T> columns, int start, int end, T* held)
    {
        if (!IsScalar) AnyOf1(kernel, rows, charges, columns, start, end, held);
        else if (TPart.Gradient) GradientOf2(kernel, rows, charges, columns, start, end, held);
        else if (rows.Count == Most) PotentialOf4(kernel, rows, charges, columns, start, end, held);
        else PotentialOf2(kernel, rows, charges, columns, start, end, held);
    }

    /// <summary>One row and a register of columns, of which the mask tells by 1 and 0 which lanes count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Masked(
        TKernel kernel, PointList<T> rows, int row, T* charges, MutualColumns<T> columns, int c, T* mask, T* held)
    {
        TLane present = TLane.Load(mask);
        Unsafe.SkipInit(out PairCharge<TLane> q);
        Unsafe.SkipInit(out PairCharge<TLane> p);
        Charge(charges + (row * TKernel.SourceComponents), ref q);
        columns.Charge(TKernel.SourceComponents, c, ref p);
        q.Q0 *= present;
        p.Q0 *= present;
        if (TKernel.SourceComponents > 1)
        {
            q.Q1 *= present;
            p.Q1 *= present;
        }
        if (TKernel.SourceComponents > 2)
        {
            q.Q2 *= present;
            p.Q2 *= present;
        }
        Unsafe.SkipInit(out FieldSum<TLane> sum);
        Unsafe.SkipInit(out FieldSum<TLane> at);
        SumColumns<TKernel, T, TLane, TPart>.Load(held + (row * TLane.Count), Most * TLane.Count, ref sum);
        SumColumns<TKernel, T, TLane, TPart>.Load(columns.Sums + c, columns.Stride, ref at);
        Pair(
            kernel, TLane.Load(columns.X + c) - TLane.Broadcast(rows.X + row), TLane.Load(columns.Y + c) - TLane.Broadcast(rows.Y + row),
            TLane.Load(columns.Z + c) - TLane.Broadcast(rows.Z + row), q, p, ref sum, ref at);
        SumColumns<TKernel, T, TLane, TPart>.Store(at, columns.Sums + c, columns.Stride);
        SumColumns<TKernel, T, TLane, TPart>.Store(sum, held + (row * TLane.Count), Most * TLane.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AnyOf1(TKernel kernel, PointList<T> rows, T* charges, MutualColumns<T> columns, int start, int end, T* held)
    {
        TLane x0 = TLane.Broadcast(rows.X), y0 = TLane.Broadcast(rows.Y), z0 = TLane.Broadcast(rows.Z);
        Unsafe.SkipInit(out PairCharge<TLane> q0);
        Unsafe.SkipInit(out PairCharge<TLane> p);
        Unsafe.SkipInit(out FieldSum<TLane> sum0);
        Unsafe.SkipInit(out FieldSum<TLane> at);
        Charge(charges, ref q0);
        SumColumns<TKernel, T, TLane, TPart>.Load(held, Most * TLane.Count, ref sum0);
        T* sums = columns.Sums;
        int stride = columns.Stride;
        for (nint c = start; c < end; c += TLane.Count)
        {
            TLane x = TLane.Load(columns.X + c), y = TLane.Load(columns.Y + c), z = TLane.Load(columns.Z + c);
            columns.Charge(TKernel.SourceComponents, c, ref p);
            SumColumns<TKernel, T, TLane, TPart>.Load(sums + c, stride, ref at);
            Pair(kernel, x - x0, y - y0, z - z0, q0, p, ref sum0, ref at);
            SumColumns<TKernel, T, TLane, TPart>.Store(at, sums + c, stride);
        }
        SumColumns<TKernel, T, TLane, TPart>.Store(sum0, held, Most * TLane.Count);
    }

    // These are for one component, and spelt out: the JIT's budget for inlining ends before two rows of the general form do, and what
    // is not inlined lies in memory (7 G pairs/s where four rows of the potential reach 14).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientOf2(TKernel kernel, PointList<T> rows, T* charges, MutualColumns<T> columns, int start, int end, T* held)
    {
        int width = TLane.Count;
        TLane x0 = TLane.Broadcast(rows.X), y0 = TLane.Broadcast(rows.Y), z0 = TLane.Broadcast(rows.Z);
        TLane x1 = TLane.Broadcast(rows.X + 1), y1 = TLane.Broadcast(rows.Y + 1), z1 = TLane.Broadcast(rows.Z + 1);
        PairCharge<TLane> q0 = default, q1 = default, p = default;
        q0.Q0 = TLane.Broadcast(charges);
        q1.Q0 = TLane.Broadcast(charges + 1);
        FieldSum<TLane> sum0 = default, sum1 = default, at = default;
        T* h1 = held + width, hx = held + (Most * width), hy = hx + (Most * width), hz = hy + (Most * width);
        sum0.P0 = TLane.Load(held);
        sum0.G0X = TLane.Load(hx);
        sum0.G0Y = TLane.Load(hy);
        sum0.G0Z = TLane.Load(hz);
        sum1.P0 = TLane.Load(h1);
        sum1.G0X = TLane.Load(hx + width);
        sum1.G0Y = TLane.Load(hy + width);
        sum1.G0Z = TLane.Load(hz + width);
        T* cx = columns.X, cy = columns.Y, cz = columns.Z, cq = columns.Charges;
        T* sp = columns.Sums, sx = sp + columns.Stride, sy = sx + columns.Stride, sz = sy + columns.Stride;
        for (nint c = start; c < end; c += width)
        {
            TLane x = TLane.Load(cx + c), y = TLane.Load(cy + c), z = TLane.Load(cz + c);
            p.Q0 = TLane.Load(cq + c);
            at.P0 = TLane.Load(sp + c);
            at.G0X = TLane.Load(sx + c);
            at.G0Y = TLane.Load(sy + c);
            at.G0Z = TLane.Load(sz + c);
            TKernel.MutualPotentialAndGradient<T, TLane>(kernel, x - x0, y - y0, z - z0, q0, p, ref sum0, ref at);
            TKernel.MutualPotentialAndGradient<T, TLane>(kernel, x - x1, y - y1, z - z1, q1, p, ref sum1, ref at);
            TLane.Store(at.P0, sp + c);
            TLane.Store(at.G0X, sx + c);
            TLane.Store(at.G0Y, sy + c);
            TLane.Store(at.G0Z, sz + c);
        }
        TLane.Store(sum0.P0, held);
        TLane.Store(sum0.G0X, hx);
        TLane.Store(sum0.G0Y, hy);
        TLane.Store(sum0.G0Z, hz);
        TLane.Store(sum1.P0, h1);
        TLane.Store(sum1.G0X, hx + width);
        TLane.Store(sum1.G0Y, hy + width);
        TLane.Store(sum1.G0Z, hz + width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PotentialOf2(TKernel kernel, PointList<T> rows, T* charges, MutualColumns<T> columns, int start, int end, T* held)
    {
        TLane x0 = TLane.Broadcast(rows.X), y0 = TLane.Broadcast(rows.Y), z0 = TLane.Broadcast(rows.Z);
        TLane x1 = TLane.Broadcast(rows.X + 1), y1 = TLane.Broadcast(rows.Y + 1), z1 = TLane.Broadcast(rows.Z + 1);
        PairCharge<TLane> q0 = default, q1 = default, p = default;
        q0.Q0 = TLane.Broadcast(charges);
        q1.Q0 = TLane.Broadcast(charges + 1);
        FieldSum<TLane> sum0 = default, sum1 = default, at = default;
        sum0.P0 = TLane.Load(held);
        sum1.P0 = TLane.Load(held + TLane.Count);
        T* cx = columns.X, cy = columns.Y, cz = columns.Z, cq = columns.Charges, sums = columns.Sums;
        for (nint c = start; c < end; c += TLane.Count)
        {
            TLane x = TLane.Load(cx + c), y = TLane.Load(cy + c), z = TLane.Load(cz + c);
            p.Q0 = TLane.Load(cq + c);
            at.P0 = TLane.Load(sums + c);
            TKernel.MutualPotential<T, TLane>(kernel, x - x0, y - y0, z - z0, q0, p, ref sum0, ref at);
            TKernel.MutualPotential<T, TLane>(kernel, x - x1, y - y1, z - z1, q1, p, ref sum1, ref at);
            TLane.Store(at.P0, sums + c);
        }
        TLane.Store(sum0.P0, held);
        TLane.Store(sum1.P0, held + TLane.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PotentialOf4(TKernel kernel, PointList<T> rows, T* charges, MutualColumns<T> columns, int start, int end, T* held)
    {
        int width = TLane.Count;
        T* rx = rows.X, ry = rows.Y, rz = rows.Z;
        TLane x0 = TLane.Broadcast(rx), x1 = TLane.Broadcast(rx + 1), x2 = TLane.Broadcast(rx + 2), x3 = TLane.Broadcast(rx + 3);
        TLane y0 = TLane.Broadcast(ry), y1 = TLane.Broadcast(ry + 1), y2 = TLane.Broadcast(ry + 2), y3 = TLane.Broadcast(ry + 3);
        TLane z0 = TLane.Broadcast(rz), z1 = TLane.Broadcast(rz + 1), z2 = TLane.Broadcast(rz + 2), z3 = TLane.Broadcast(rz + 3);
        PairCharge<TLane> q0 = default;
        PairCharge<TLane> q1 = default;
        PairCharge<TLane> q2 = default;
        PairCharge<TLane> q3 = default;
        PairCharge<TLane> p = default;
        q0.Q0 = TLane.Broadcast(charges);
        q1.Q0 = TLane.Broadcast(charges + 1);
        q2.Q0 = TLane.Broadcast(charges + 2);
        q3.Q0 = TLane.Broadcast(charges + 3);
        FieldSum<TLane> sum0 = default;
        FieldSum<TLane> sum1 = default;
        FieldSum<TLane> sum2 = default;
        FieldSum<TLane> sum3 = default;
        FieldSum<TLane> at = default;
        sum0.P0 = TLane.Load(held);
        sum1.P0 = TLane.Load(held + width);
        sum2.P0 = TLane.Load(held + (2 * width));
        sum3.P0 = TLane.Load(held + (3 * width));
        T* cx = columns.X, cy = columns.Y, cz = columns.Z, cq = columns.Charges, sums = columns.Sums;
        for (nint c = start; c < end; c += width)
        {
            TLane x = TLane.Load(cx + c), y = TLane.Load(cy + c), z = TLane.Load(cz + c);
            p.Q0 = TLane.Load(cq + c);
            at.P0 = TLane.Load(sums + c);
            TKernel.MutualPotential<T, TLane>(kernel, x - x0, y - y0, z - z0, q0, p, ref sum0, ref at);
            TKernel.MutualPotential<T, TLane>(kernel, x - x1, y - y1, z - z1, q1, p, ref sum1, ref at);
            TKernel.MutualPotential<T, TLane>(kernel, x - x2, y - y2, z - z2, q2, p, ref sum2, ref at);
            TKernel.MutualPotential<T, TLane>(kernel, x - x3, y - y3, z - z3, q3, p, ref sum3, ref at);
            TLane.Store(at.P0, sums + c);
        }
        TLane.Store(sum0.P0, held);
        TLane.Store(sum1.P0, held + width);
        TLane.Store(sum2.P0, held + (2 * width));
        TLane.Store(sum3.P0, held + (3 * width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(
        TKernel kernel, TLane dx, TLane dy, TLane dz, in PairCharge<TLane> row, in PairCharge<TLane> column,
        ref FieldSum<TLane> atRow, ref FieldSum<TLane> atColumn)
    {
        if (TPart.Gradient) TKernel.MutualPotentialAndGradient<T, TLane>(kernel, dx, dy, dz, row, column, ref atRow, ref atColumn);
        else TKernel.MutualPotential<T, TLane>(kernel, dx, dy, dz, row, column, ref atRow, ref atColumn);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Charge(T* charges, ref PairCharge<TLane> charge)
    {
        charge.Q0 = TLane.Broadcast(charges);
        if (TKernel.SourceComponents > 1) charge.Q1 = TLane.Broadcast(charges + 1);
        if (TKernel.SourceComponents > 2) charge.Q2 = TLane.Broadcast(charges + 2);
    }
}
