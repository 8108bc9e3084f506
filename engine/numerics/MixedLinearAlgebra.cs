using System.Numerics;

namespace Fmm.Engine;

/// <summary>The engine's own matrix products beside a library's decompositions.</summary>
/// <remarks>
/// The products of translations are small and many: batches of 64 rows by some hundred. On a Zen 5 the managed ones take 60 % of
/// the time of OpenBLAS with its AVX-512 kernels, and half of the kernels that it chooses by itself; on a Zen 3 both are equal.
/// </remarks>
internal sealed class MixedLinearAlgebra(ILinearAlgebra products, ILinearAlgebra decompositions) : ILinearAlgebra
{
    /// <inheritdoc/>
    public string Name => $"{products.Name}, {decompositions.Name} for decompositions";

    /// <inheritdoc/>
    public unsafe void Gemm<T>(bool transB, int m, int n, int k, T* a, int lda, T* b, int ldb, T* c, int ldc)
        where T : unmanaged, IFloatingPointIeee754<T> => products.Gemm(transB, m, n, k, a, lda, b, ldb, c, ldc);

    /// <inheritdoc/>
    public Svd Svd(double[] a, int rows, int columns) => decompositions.Svd(a, rows, columns);
}
