using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The registers of columns in which a row meets only some lanes (<see cref="MutualTile{TKernel, T, TRegister, TPart}"/>), for a full block of rows of a
/// kernel of one component: much of the work on small leaves, so that a register of columns serves all of the rows.
/// </summary>
internal static unsafe class MutualBehind<TKernel, T, TRegister>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    /// <summary>Adds to the rows' sums and to the columns'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddGradientOf2(
        TKernel kernel, in PointList<T> rows, T* charges, in MutualColumns<T> columns, in ColumnSpan<T> span, T* rowSums, nint rowStride)
    {
        TRegister x0 = TRegister.Broadcast(rows.X), x1 = TRegister.Broadcast(rows.X + 1);
        TRegister y0 = TRegister.Broadcast(rows.Y), y1 = TRegister.Broadcast(rows.Y + 1);
        TRegister z0 = TRegister.Broadcast(rows.Z), z1 = TRegister.Broadcast(rows.Z + 1);
        PairCharge<TRegister> q0 = default, q1 = default, p = default;
        q0.Q0 = TRegister.Broadcast(charges);
        q1.Q0 = TRegister.Broadcast(charges + 1);
        FieldSum<TRegister> sum0 = default, sum1 = default, at = default;
        T* sp = columns.Sums, sx = sp + columns.Stride, sy = sx + columns.Stride, sz = sy + columns.Stride;
        for (nint c = span.First; c < span.Start; c += TRegister.Count)
        {
            TRegister x = TRegister.Load(columns.X + c), y = TRegister.Load(columns.Y + c), z = TRegister.Load(columns.Z + c);
            p.Q0 = TRegister.Load(columns.Charges + c);
            at.P0 = TRegister.Load(sp + c);
            at.G0X = TRegister.Load(sx + c);
            at.G0Y = TRegister.Load(sy + c);
            at.G0Z = TRegister.Load(sz + c);
            T* present = span.Present + c, away = span.Away + c;
            Pair<PotentialWithGradient>(kernel, present, x - x0 + TRegister.Load(away), y - y0, z - z0, q0, p, ref sum0, ref at);
            Pair<PotentialWithGradient>(kernel, present - 1, x - x1 + TRegister.Load(away - 1), y - y1, z - z1, q1, p, ref sum1, ref at);
            TRegister.Store(at.P0, sp + c);
            TRegister.Store(at.G0X, sx + c);
            TRegister.Store(at.G0Y, sy + c);
            TRegister.Store(at.G0Z, sz + c);
        }
        T* folded = stackalloc T[4];
        TRegister.Sum4(sum0.P0, sum0.G0X, sum0.G0Y, sum0.G0Z, folded);
        for (int c = 0; c < 4; c++) rowSums[c * rowStride] += folded[c];
        TRegister.Sum4(sum1.P0, sum1.G0X, sum1.G0Y, sum1.G0Z, folded);
        for (int c = 0; c < 4; c++) rowSums[1 + (c * rowStride)] += folded[c];
    }

    /// <summary>The same of four rows' potentials.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddPotentialOf4(
        TKernel kernel, in PointList<T> rows, T* charges, in MutualColumns<T> columns, in ColumnSpan<T> span, T* rowSums)
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
        for (nint c = span.First; c < span.Start; c += TRegister.Count)
        {
            TRegister x = TRegister.Load(columns.X + c), y = TRegister.Load(columns.Y + c), z = TRegister.Load(columns.Z + c);
            p.Q0 = TRegister.Load(columns.Charges + c);
            at.P0 = TRegister.Load(columns.Sums + c);
            T* present = span.Present + c, away = span.Away + c;
            Pair<PotentialAlone>(kernel, present, x - x0 + TRegister.Load(away), y - y0, z - z0, q0, p, ref sum0, ref at);
            Pair<PotentialAlone>(kernel, present - 1, x - x1 + TRegister.Load(away - 1), y - y1, z - z1, q1, p, ref sum1, ref at);
            Pair<PotentialAlone>(kernel, present - 2, x - x2 + TRegister.Load(away - 2), y - y2, z - z2, q2, p, ref sum2, ref at);
            Pair<PotentialAlone>(kernel, present - 3, x - x3 + TRegister.Load(away - 3), y - y3, z - z3, q3, p, ref sum3, ref at);
            TRegister.Store(at.P0, columns.Sums + c);
        }
        T* folded = stackalloc T[4];
        TRegister.Sum4(sum0.P0, sum1.P0, sum2.P0, sum3.P0, folded);
        for (int row = 0; row < 4; row++) rowSums[row] += folded[row];
    }

    // The lanes that the row does not meet are far away, and have no charges.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair<TPart>(
        TKernel kernel, T* mask, TRegister dx, TRegister dy, TRegister dz, PairCharge<TRegister> row, PairCharge<TRegister> column,
        ref FieldSum<TRegister> atRow, ref FieldSum<TRegister> atColumn)
        where TPart : struct, IFieldPart
    {
        TRegister present = TRegister.Load(mask);
        row.Q0 *= present;
        column.Q0 *= present;
        PairEvaluation<TKernel, TRegister, TPart>.Mutual(kernel, dx, dy, dz, row, column, ref atRow, ref atColumn);
    }
}
