using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The inner loops of the mutual near field for one row at a time and any number of components, see <see cref="MutualTile{TKernel, T, TRegister, TPart}"/>.
/// </summary>
/// <remarks>
/// The row's sums are loaded from memory that was set to 0, not set to 0 themselves: then the JIT keeps none of twelve in a register (Stokes
/// with its gradient: four times as long). The two loops are two methods: as one, with a flag that the JIT knows, Stokes' gradient
/// takes 35 % longer in single precision.
/// </remarks>
internal static unsafe class MutualRow<TKernel, T, TRegister, TPart>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where TPart : struct, IFieldPart
{
    /// <summary>The registers of columns in which a row meets all lanes: sets the row's sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(TKernel kernel, in PointList<T> rows, T* charges, in MutualColumns<T> columns, in ColumnSpan<T> span, T* rowSums, nint rowStride)
    {
        TRegister x0 = TRegister.Broadcast(rows.X), y0 = TRegister.Broadcast(rows.Y), z0 = TRegister.Broadcast(rows.Z);
        Unsafe.SkipInit(out PairCharge<TRegister> q0);
        Unsafe.SkipInit(out PairCharge<TRegister> p);
        Unsafe.SkipInit(out FieldSum<TRegister> at);
        Unsafe.SkipInit(out FieldSum<TRegister> sum0);
        T* held = stackalloc T[MutualPairs<TKernel, T, TRegister, TPart>.Components * TRegister.Count];
        new Span<T>(held, MutualPairs<TKernel, T, TRegister, TPart>.Components * TRegister.Count).Clear();
        SumColumns<TKernel, T, TRegister, TPart>.Load(held, TRegister.Count, ref sum0);
        ChargeRegisters<TKernel, T, TRegister>.Broadcast(charges, ref q0);
        T* sums = columns.Sums;
        int stride = columns.Stride;
        for (nint c = span.Start; c < span.End; c += TRegister.Count)
        {
            TRegister x = TRegister.Load(columns.X + c), y = TRegister.Load(columns.Y + c), z = TRegister.Load(columns.Z + c);
            columns.Charge(TKernel.SourceComponents, c, ref p);
            SumColumns<TKernel, T, TRegister, TPart>.Load(sums + c, stride, ref at);
            PairEvaluation<TKernel, TRegister, TPart>.Mutual(kernel, x - x0, y - y0, z - z0, q0, p, ref sum0, ref at);
            SumColumns<TKernel, T, TRegister, TPart>.Store(at, sums + c, stride);
        }
        SumColumns<TKernel, T, TRegister, TPart>.Store(sum0, held, TRegister.Count);
        for (int c = 0; c < MutualPairs<TKernel, T, TRegister, TPart>.Components; c++) rowSums[c * rowStride] = TRegister.Sum(TRegister.Load(held + (c * TRegister.Count)));
    }

    /// <summary>
    /// Those in which it meets only some: adds to the rows' sums. The other lanes are moved far away and get no charges.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddBehind(TKernel kernel, in PointList<T> rows, T* charges, in MutualColumns<T> columns, in ColumnSpan<T> span, T* rowSums, nint rowStride)
    {
        Unsafe.SkipInit(out PairCharge<TRegister> q0);
        Unsafe.SkipInit(out PairCharge<TRegister> p);
        Unsafe.SkipInit(out FieldSum<TRegister> at);
        Unsafe.SkipInit(out FieldSum<TRegister> sum0);
        int components = MutualPairs<TKernel, T, TRegister, TPart>.Components, stride = columns.Stride;
        T* held = stackalloc T[components * TRegister.Count];
        T* sums = columns.Sums;
        for (int row = 0; row < rows.Count; row++, charges += TKernel.SourceComponents)
        {
            TRegister x0 = TRegister.Broadcast(rows.X + row), y0 = TRegister.Broadcast(rows.Y + row), z0 = TRegister.Broadcast(rows.Z + row);
            if (TKernel.PotentialComponents == 1)
            {
                sum0 = default;
            }
            else
            {
                new Span<T>(held, components * TRegister.Count).Clear();
                SumColumns<TKernel, T, TRegister, TPart>.Load(held, TRegister.Count, ref sum0);
            }
            ChargeRegisters<TKernel, T, TRegister>.Broadcast(charges, ref q0);
            for (nint c = span.First; c < span.Start; c += TRegister.Count)
            {
                TRegister x = TRegister.Load(columns.X + c), y = TRegister.Load(columns.Y + c), z = TRegister.Load(columns.Z + c);
                columns.Charge(TKernel.SourceComponents, c, ref p);
                PairCharge<TRegister> q = q0;
                TRegister present = TRegister.Load(span.Present + c - row);
                Scale(present, ref q);
                Scale(present, ref p);
                SumColumns<TKernel, T, TRegister, TPart>.Load(sums + c, stride, ref at);
                PairEvaluation<TKernel, TRegister, TPart>.Mutual(kernel, x - x0 + TRegister.Load(span.Away + c - row), y - y0, z - z0, q, p, ref sum0, ref at);
                SumColumns<TKernel, T, TRegister, TPart>.Store(at, sums + c, stride);
            }
            SumColumns<TKernel, T, TRegister, TPart>.Store(sum0, held, TRegister.Count);
            for (int c = 0; c < components; c++) rowSums[row + (c * rowStride)] += TRegister.Sum(TRegister.Load(held + (c * TRegister.Count)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale(TRegister factor, ref PairCharge<TRegister> charge)
    {
        charge.Q0 *= factor;
        if (TKernel.SourceComponents > 1) charge.Q1 *= factor;
        if (TKernel.SourceComponents > 2) charge.Q2 *= factor;
        if (TKernel.SourceComponents > 3) charge.Q3 *= factor;
        if (TKernel.SourceComponents > 4) charge.Q4 *= factor;
        if (TKernel.SourceComponents > 5) charge.Q5 *= factor;
    }
}
