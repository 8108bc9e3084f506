using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The inner loops of the mutual near field for one row of any number of components.</summary>
/// <remarks>
/// Sums begin in memory: as zeros of their own the JIT keeps none of the twelve in a register (Stokes with its gradient: four times as long).
/// The two loops are two methods: as one, whose type says which lanes a row meets, Stokes' gradient takes 35 % longer in single precision.
/// </remarks>
internal static unsafe class MutualAny<TKernel, T, TLane, TPart>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
    where TPart : struct, IFieldPart
{
    /// <summary>Columns in which a row meets all lanes: sets the row's sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(TKernel kernel, in PointList<T> rows, T* charges, in MutualColumns<T> columns, in MutualSpan<T> span, T* rowSums, nint rowStride)
    {
        TLane x0 = TLane.Broadcast(rows.X), y0 = TLane.Broadcast(rows.Y), z0 = TLane.Broadcast(rows.Z);
        Unsafe.SkipInit(out PairCharge<TLane> q0);
        Unsafe.SkipInit(out PairCharge<TLane> p);
        Unsafe.SkipInit(out FieldSum<TLane> at);
        Unsafe.SkipInit(out FieldSum<TLane> sum0);
        T* held = stackalloc T[MutualSum<TKernel, T, TLane, TPart>.Components * TLane.Count];
        new Span<T>(held, MutualSum<TKernel, T, TLane, TPart>.Components * TLane.Count).Clear();
        SumColumns<TKernel, T, TLane, TPart>.Load(held, TLane.Count, ref sum0);
        Charge(charges, ref q0);
        T* sums = columns.Sums;
        int stride = columns.Stride;
        for (nint c = span.Start; c < span.End; c += TLane.Count)
        {
            TLane x = TLane.Load(columns.X + c), y = TLane.Load(columns.Y + c), z = TLane.Load(columns.Z + c);
            columns.Charge(TKernel.SourceComponents, c, ref p);
            SumColumns<TKernel, T, TLane, TPart>.Load(sums + c, stride, ref at);
            Pair(kernel, x - x0, y - y0, z - z0, q0, p, ref sum0, ref at);
            SumColumns<TKernel, T, TLane, TPart>.Store(at, sums + c, stride);
        }
        SumColumns<TKernel, T, TLane, TPart>.Store(sum0, held, TLane.Count);
        for (int c = 0; c < MutualSum<TKernel, T, TLane, TPart>.Components; c++) rowSums[c * rowStride] = TLane.Sum(TLane.Load(held + (c * TLane.Count)));
    }

    /// <summary>Those in which it meets only some: adds to them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddBehind(TKernel kernel, in PointList<T> rows, T* charges, in MutualColumns<T> columns, in MutualSpan<T> span, T* rowSums, nint rowStride)
    {
        TLane x0 = TLane.Broadcast(rows.X), y0 = TLane.Broadcast(rows.Y), z0 = TLane.Broadcast(rows.Z);
        Unsafe.SkipInit(out PairCharge<TLane> q0);
        Unsafe.SkipInit(out PairCharge<TLane> p);
        Unsafe.SkipInit(out FieldSum<TLane> at);
        Unsafe.SkipInit(out FieldSum<TLane> sum0);
        T* held = stackalloc T[MutualSum<TKernel, T, TLane, TPart>.Components * TLane.Count];
        new Span<T>(held, MutualSum<TKernel, T, TLane, TPart>.Components * TLane.Count).Clear();
        SumColumns<TKernel, T, TLane, TPart>.Load(held, TLane.Count, ref sum0);
        Charge(charges, ref q0);
        T* sums = columns.Sums;
        int stride = columns.Stride;
        for (nint c = span.First; c < span.Start; c += TLane.Count)
        {
            TLane x = TLane.Load(columns.X + c), y = TLane.Load(columns.Y + c), z = TLane.Load(columns.Z + c);
            columns.Charge(TKernel.SourceComponents, c, ref p);
            PairCharge<TLane> q = q0;
            TLane present = TLane.Load(span.Present + c);
            Scale(present, ref q);
            Scale(present, ref p);
            SumColumns<TKernel, T, TLane, TPart>.Load(sums + c, stride, ref at);
            Pair(kernel, x - x0 + TLane.Load(span.Away + c), y - y0, z - z0, q, p, ref sum0, ref at);
            SumColumns<TKernel, T, TLane, TPart>.Store(at, sums + c, stride);
        }
        SumColumns<TKernel, T, TLane, TPart>.Store(sum0, held, TLane.Count);
        for (int c = 0; c < MutualSum<TKernel, T, TLane, TPart>.Components; c++) rowSums[c * rowStride] += TLane.Sum(TLane.Load(held + (c * TLane.Count)));
    }

    /// <summary>A pair by the part of the field that is wanted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pair(
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale(TLane factor, ref PairCharge<TLane> charge)
    {
        charge.Q0 *= factor;
        if (TKernel.SourceComponents > 1) charge.Q1 *= factor;
        if (TKernel.SourceComponents > 2) charge.Q2 *= factor;
    }
}
