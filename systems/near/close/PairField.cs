using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The field of one pair as a loop's registers give it, to take a pair out of a sum that another stands in for.</summary>
internal static unsafe class PairField<TKernel, T, TRegister>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    /// <summary>Most numbers of a point's field.</summary>
    public const int Most = 12;

    /// <summary>K(d) q without normalisation: potentials, then derivatives if they are wanted.</summary>
    public static void OneWay(TKernel kernel, T dx, T dy, T dz, T* charge, bool gradient, double* field)
    {
        FieldSum<TRegister> sum = default;
        TRegister x = TRegister.Broadcast(dx), y = TRegister.Broadcast(dy), z = TRegister.Broadcast(dz);
        PairCharge<TRegister> q = Charge(charge);
        if (gradient)
        {
            PairEvaluation<TKernel, TRegister, PotentialWithGradient>.OneWay(kernel, x, y, z, q, ref sum);
            Read<PotentialWithGradient>(sum, field);
        }
        else
        {
            PairEvaluation<TKernel, TRegister, PotentialAlone>.OneWay(kernel, x, y, z, q, ref sum);
            Read<PotentialAlone>(sum, field);
        }
    }

    /// <summary>A mutual pair, d from row to column: the field at the row, and that at the column.</summary>
    public static void Mutual<TPart>(TKernel kernel, T dx, T dy, T dz, T* row, T* column, double* atRow, double* atColumn)
        where TPart : struct, IFieldPart
    {
        FieldSum<TRegister> rowSum = default, columnSum = default;
        PairCharge<TRegister> source = Charge(row), target = Charge(column);
        PairEvaluation<TKernel, TRegister, TPart>.Mutual(
            kernel, TRegister.Broadcast(dx), TRegister.Broadcast(dy), TRegister.Broadcast(dz), source, target, ref rowSum, ref columnSum);
        Read<TPart>(rowSum, atRow);
        Read<TPart>(columnSum, atColumn);
    }

    /// <summary>Whether a pair at distance zero gives nothing by itself.</summary>
    public static bool VanishesAtZero(TKernel kernel, bool gradient)
    {
        T* charge = stackalloc T[6] { T.One, T.One, T.One, T.One, T.One, T.One };
        double* field = stackalloc double[Most];
        OneWay(kernel, T.Zero, T.Zero, T.Zero, charge, gradient, field);
        for (int c = 0; c < TKernel.PotentialComponents * (gradient ? 4 : 1); c++) if (field[c] != 0) return false;
        return true;
    }

    private static PairCharge<TRegister> Charge(T* charge)
    {
        PairCharge<TRegister> lanes = default;
        ChargeRegisters<TKernel, T, TRegister>.Broadcast(charge, ref lanes);
        return lanes;
    }

    private static void StoreFurther(in FieldSum<TRegister> sum, T* lanes)
    {
        ReadOnlySpan<TRegister> further = [sum.P3, sum.P4, sum.P5, sum.P6, sum.P7, sum.P8];
        for (int c = 3; c < TKernel.PotentialComponents; c++, lanes += TRegister.Count) TRegister.Store(further[c - 3], lanes);
    }

    [SkipLocalsInit]
    private static void Read<TPart>(in FieldSum<TRegister> sum, double* field)
        where TPart : struct, IFieldPart
    {
        T* lanes = stackalloc T[Most * TRegister.Count];
        SumColumns<TKernel, T, TRegister, TPart>.Store(sum, lanes, TRegister.Count);
        if (TKernel.PotentialComponents > 3) StoreFurther(sum, lanes + (3 * TRegister.Count));
        for (int c = 0; c < MutualPairs<TKernel, T, TRegister, TPart>.Components; c++) field[c] = double.CreateTruncating(lanes[c * TRegister.Count]);
    }
}
