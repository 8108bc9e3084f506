using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The registers of columns in which a row meets only some lanes (<see cref="MutualTile{TKernel, T, TRegister, TPart}"/>), for two rows of a kernel of
/// one component with its gradient: most of the work on small leaves. Row by row it takes 7 % more of the near field (f64, 128 points a leaf).
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
            Pair(kernel, present, x - x0 + TRegister.Load(away), y - y0, z - z0, q0, p, ref sum0, ref at);
            Pair(kernel, present - 1, x - x1 + TRegister.Load(away - 1), y - y1, z - z1, q1, p, ref sum1, ref at);
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

    // The lanes that the row does not meet are far away, and have no charges.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(
        TKernel kernel, T* mask, TRegister dx, TRegister dy, TRegister dz, PairCharge<TRegister> row, PairCharge<TRegister> column,
        ref FieldSum<TRegister> atRow, ref FieldSum<TRegister> atColumn)
    {
        TRegister present = TRegister.Load(mask);
        row.Q0 *= present;
        column.Q0 *= present;
        PairEvaluation<TKernel, TRegister, PotentialWithGradient>.Mutual(kernel, dx, dy, dz, row, column, ref atRow, ref atColumn);
    }
}
