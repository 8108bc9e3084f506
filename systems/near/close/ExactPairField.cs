using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The field of one pair in double precision, one number at a time. A distance whose powers would leave the range is the unit of its pair, if
/// the kernel can be expressed in it.
/// </summary>
internal static unsafe class ExactPairField
{
    /// <summary>A mutual pair, d from row to column: the field at the row, and that at the column.</summary>
    [SkipLocalsInit]
    public static void Mutual<TKernel, T, TPart>(TKernel kernel, double dx, double dy, double dz, T* row, T* column, double* atRow, double* atColumn)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPart : struct, IFieldPart
    {
        double* charges = stackalloc double[12];
        for (int c = 0; c < TKernel.SourceComponents; c++)
        {
            charges[c] = double.CreateTruncating(row[c]);
            charges[6 + c] = double.CreateTruncating(column[c]);
        }
        TKernel own = InOwnUnit(kernel, ref dx, ref dy, ref dz, out double potential, out double gradient);
        PairField<TKernel, double, Register1<double>>.Mutual<TPart>(own, dx, dy, dz, charges, charges + 6, atRow, atColumn);
        Scale<TKernel>(atRow, TPart.Gradient, potential, gradient);
        Scale<TKernel>(atColumn, TPart.Gradient, potential, gradient);
    }

    /// <summary>K(d) q without normalisation: potentials, then derivatives if they are wanted.</summary>
    public static void OneWay<TKernel, T>(TKernel kernel, double dx, double dy, double dz, T* charge, bool gradient, double* field)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double* charges = stackalloc double[6];
        for (int c = 0; c < TKernel.SourceComponents; c++) charges[c] = double.CreateTruncating(charge[c]);
        TKernel own = InOwnUnit(kernel, ref dx, ref dy, ref dz, out double potential, out double slope);
        PairField<TKernel, double, Register1<double>>.OneWay(own, dx, dy, dz, charges, gradient, field);
        Scale<TKernel>(field, gradient, potential, slope);
    }

    private static TKernel InOwnUnit<TKernel>(TKernel kernel, ref double dx, ref double dy, ref double dz, out double potential, out double gradient)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        const int Usual = 60;
        potential = gradient = 1;
        double largest = Math.Max(Math.Abs(dx), Math.Max(Math.Abs(dy), Math.Abs(dz)));
        int exponent = largest > 0 ? Math.ILogB(largest) : 0;
        if (Math.Abs(exponent) <= Usual || !TKernel.TryRescale(kernel, Math.ScaleB(1, exponent), out TKernel own, out double factor)) return kernel;
        dx = Math.ScaleB(dx, -exponent);
        dy = Math.ScaleB(dy, -exponent);
        dz = Math.ScaleB(dz, -exponent);
        potential = factor;
        gradient = Math.ScaleB(factor, -exponent);
        return own;
    }

    private static void Scale<TKernel>(double* field, bool isGradient, double potential, double gradient)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        for (int c = 0; c < TKernel.PotentialComponents * (isGradient ? 4 : 1); c++) field[c] *= c < TKernel.PotentialComponents ? potential : gradient;
    }
}
