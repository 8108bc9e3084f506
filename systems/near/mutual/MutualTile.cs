using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The inner loops of the mutual near field. A row is a point whose coordinates and charge fill all lanes of registers; a register of columns
/// holds a point a lane. Each pair is evaluated once and added to the sums of both. A block of a few rows and their sums stays in registers
/// while all columns pass by.
/// </summary>
/// <remarks>
/// <para>
/// The points of a leaf act on each other, too: there rows are the first columns, and a row meets only the columns behind itself. Where that begins
/// within a register, some lanes must do nothing: those few registers are a loop of their own (<see cref="MutualBehind{TKernel, T, TRegister}"/>),
/// whose sums come to the rows' at the end. In one method with the main loop they leave it too few registers: 25 G pairs/s of the bare loop
/// in place of 33 (Laplace's potential, single precision, a core of Zen 5 at 512 bits).
/// </para>
/// <para>
/// Kernels of one component are spelt out for four or two rows: of a general loop over rows the JIT would keep no sum in a register. It stops
/// inlining at 512 local variables, each operation of a register takes some, and what is not inlined goes through memory. What describes
/// a block comes by reference: a copy would be read by registers wider than the numbers it was written by, and wait for them
/// (44 G pairs/s in place of 68, on two cores).
/// </para>
/// </remarks>
internal static unsafe class MutualTile<TKernel, T, TRegister, TPart>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where TPart : struct, IFieldPart
{
    /// <summary>
    /// Most rows of a block. Four of the plain potential measured 20 G pairs/s where two reach 18 (f64, 512 bits, two cores of Zen 5)
    /// and 21 where two reach 19 (f32, 256 bits).
    /// </summary>
    public const int Most = 4;

    /// <summary>Rows of a full block: with a gradient's sums the registers hold two, with those of vectors one.</summary>
    public static int Rows => !IsScalar ? 1 : TPart.Gradient ? 2 : Most;

    private static bool IsScalar => TKernel.PotentialComponents == 1 && TKernel.SourceComponents == 1;

    /// <summary>Lets a block of rows and its columns act on each other.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">The rows: <see cref="Rows"/> or, of the plain potential, half as many.</param>
    /// <param name="charges">Their charges.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="span">Which of them, and which lanes of the first.</param>
    /// <param name="rowSums">Receives the rows' sums.</param>
    /// <param name="stride">Numbers from one component's to the next's.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(TKernel kernel, in PointList<T> rows, T* charges, in MutualColumns<T> columns, in ColumnSpan<T> span, T* rowSums, nint stride)
    {
        if (!IsScalar) MutualRow<TKernel, T, TRegister, TPart>.Row(kernel, in rows, charges, in columns, in span, rowSums, stride);
        else if (TPart.Gradient) GradientOf2(kernel, in rows, charges, in columns, in span, rowSums, stride);
        else if (rows.Count == Most) PotentialOf4(kernel, in rows, charges, in columns, in span, rowSums);
        else PotentialOf2(kernel, in rows, charges, in columns, in span, rowSums);
        if (span.First == span.Start) return;
        if (IsScalar && TPart.Gradient) MutualBehind<TKernel, T, TRegister>.AddGradientOf2(kernel, in rows, charges, in columns, in span, rowSums, stride);
        else if (IsScalar && rows.Count == Most) MutualBehind<TKernel, T, TRegister>.AddPotentialOf4(kernel, in rows, charges, in columns, in span, rowSums);
        else MutualRow<TKernel, T, TRegister, TPart>.AddBehind(kernel, in rows, charges, in columns, in span, rowSums, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PotentialOf2(TKernel kernel, in PointList<T> rows, T* charges, in MutualColumns<T> columns, in ColumnSpan<T> span, T* rowSums)
    {
        TRegister x0 = TRegister.Broadcast(rows.X), x1 = TRegister.Broadcast(rows.X + 1);
        TRegister y0 = TRegister.Broadcast(rows.Y), y1 = TRegister.Broadcast(rows.Y + 1);
        TRegister z0 = TRegister.Broadcast(rows.Z), z1 = TRegister.Broadcast(rows.Z + 1);
        PairCharge<TRegister> q0 = default, q1 = default, p = default;
        q0.Q0 = TRegister.Broadcast(charges);
        q1.Q0 = TRegister.Broadcast(charges + 1);
        FieldSum<TRegister> sum0 = default, sum1 = default, at = default;
        T* cx = columns.X, cy = columns.Y, cz = columns.Z, cq = columns.Charges, sums = columns.Sums;
        for (nint c = span.Start; c < span.End; c += TRegister.Count)
        {
            TRegister x = TRegister.Load(cx + c), y = TRegister.Load(cy + c), z = TRegister.Load(cz + c);
            p.Q0 = TRegister.Load(cq + c);
            at.P0 = TRegister.Load(sums + c);
            PairEvaluation<TKernel, TRegister, TPart>.Mutual(kernel, x - x0, y - y0, z - z0, q0, p, ref sum0, ref at);
            PairEvaluation<TKernel, TRegister, TPart>.Mutual(kernel, x - x1, y - y1, z - z1, q1, p, ref sum1, ref at);
            TRegister.Store(at.P0, sums + c);
        }
        rowSums[0] = TRegister.Sum(sum0.P0);
        rowSums[1] = TRegister.Sum(sum1.P0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientOf2(TKernel kernel, in PointList<T> rows, T* charges, in MutualColumns<T> columns, in ColumnSpan<T> span, T* rowSums, nint rowStride)
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
        for (nint c = span.Start; c < span.End; c += TRegister.Count)
        {
            TRegister x = TRegister.Load(cx + c), y = TRegister.Load(cy + c), z = TRegister.Load(cz + c);
            p.Q0 = TRegister.Load(cq + c);
            at.P0 = TRegister.Load(sp + c);
            at.G0X = TRegister.Load(sx + c);
            at.G0Y = TRegister.Load(sy + c);
            at.G0Z = TRegister.Load(sz + c);
            PairEvaluation<TKernel, TRegister, TPart>.Mutual(kernel, x - x0, y - y0, z - z0, q0, p, ref sum0, ref at);
            PairEvaluation<TKernel, TRegister, TPart>.Mutual(kernel, x - x1, y - y1, z - z1, q1, p, ref sum1, ref at);
            TRegister.Store(at.P0, sp + c);
            TRegister.Store(at.G0X, sx + c);
            TRegister.Store(at.G0Y, sy + c);
            TRegister.Store(at.G0Z, sz + c);
        }
        T* folded = stackalloc T[4];
        TRegister.Sum4(sum0.P0, sum0.G0X, sum0.G0Y, sum0.G0Z, folded);
        for (int c = 0; c < 4; c++) rowSums[c * rowStride] = folded[c];
        TRegister.Sum4(sum1.P0, sum1.G0X, sum1.G0Y, sum1.G0Z, folded);
        for (int c = 0; c < 4; c++) rowSums[1 + (c * rowStride)] = folded[c];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PotentialOf4(TKernel kernel, in PointList<T> rows, T* charges, in MutualColumns<T> columns, in ColumnSpan<T> span, T* rowSums)
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
        for (nint c = span.Start; c < span.End; c += TRegister.Count)
        {
            TRegister x = TRegister.Load(cx + c), y = TRegister.Load(cy + c), z = TRegister.Load(cz + c);
            p.Q0 = TRegister.Load(cq + c);
            at.P0 = TRegister.Load(sums + c);
            PairEvaluation<TKernel, TRegister, TPart>.Mutual(kernel, x - x0, y - y0, z - z0, q0, p, ref sum0, ref at);
            PairEvaluation<TKernel, TRegister, TPart>.Mutual(kernel, x - x1, y - y1, z - z1, q1, p, ref sum1, ref at);
            PairEvaluation<TKernel, TRegister, TPart>.Mutual(kernel, x - x2, y - y2, z - z2, q2, p, ref sum2, ref at);
            PairEvaluation<TKernel, TRegister, TPart>.Mutual(kernel, x - x3, y - y3, z - z3, q3, p, ref sum3, ref at);
            TRegister.Store(at.P0, sums + c);
        }
        TRegister.Sum4(sum0.P0, sum1.P0, sum2.P0, sum3.P0, rowSums);
    }
}
