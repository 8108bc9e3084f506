using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The field of one pair in double precision, one number at a time.</summary>
internal static unsafe class ExactPairField
{
    /// <summary>A mutual pair, d from row to column: the field at the row, and that at the column.</summary>
    [SkipLocalsInit]
    public static void Mutual<TKernel, T, TPart>(TKernel kernel, double dx, double dy, double dz, T* row, T* column, double* atRow, double* atColumn)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPart : struct, IFieldPart
    {
        double* charges = stackalloc double[6];
        for (int c = 0; c < TKernel.SourceComponents; c++)
        {
            charges[c] = double.CreateTruncating(row[c]);
            charges[3 + c] = double.CreateTruncating(column[c]);
        }
        PairField<TKernel, double, Lane1<double>>.Mutual<TPart>(kernel, dx, dy, dz, charges, charges + 3, atRow, atColumn);
    }

    /// <summary>K(d) q without normalisation: potentials, then derivatives if they are wanted.</summary>
    public static void OneWay<TKernel, T>(TKernel kernel, double dx, double dy, double dz, T* charge, bool gradient, double* field)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double* charges = stackalloc double[3];
        for (int c = 0; c < TKernel.SourceComponents; c++) charges[c] = double.CreateTruncating(charge[c]);
        PairField<TKernel, double, Lane1<double>>.OneWay(kernel, dx, dy, dz, charges, gradient, field);
    }
}
