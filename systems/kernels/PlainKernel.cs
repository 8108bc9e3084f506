using System.Runtime.CompilerServices;

namespace Fmm.Systems;

/// <summary>The scalar reference without its normalisation, as the wide evaluation has it.</summary>
internal static class PlainKernel
{
    /// <summary>
    /// The kernel's matrix over <see cref="IKernel{TSelf}.Normalisation"/>. Operators hold this: a factor of 1e-300 belongs to the finished
    /// sums, where it is applied in double precision, and would be nothing in single precision's numbers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void EvaluatePlain<TKernel>(this TKernel kernel, double dx, double dy, double dz, Span<double> matrix)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        kernel.Evaluate(dx, dy, dz, matrix);
        double inverse = 1 / kernel.Normalisation;
        for (int i = 0; i < matrix.Length; i++) matrix[i] *= inverse;
    }
}
