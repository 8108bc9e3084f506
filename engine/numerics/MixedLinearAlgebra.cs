using System.Numerics;

namespace Fmm.Engine;

/// <summary>Products by one implementation, decompositions by another: the engine's own products where a library is there for the rest.</summary>
/// <remarks>
/// Products here are small and many: those that compute operators, and of a dense M2L some dozen rows by some hundred. Measured at 64 rows on a
/// Zen 5, the engine's own take 60 % of the time of OpenBLAS with its AVX-512 kernels, and half of the time of the kernels that it chooses
/// by itself; on a Zen 3 both are equal. Decompositions are longer work, at which LAPACK is the faster one.
/// </remarks>
internal sealed class MixedLinearAlgebra(ILinearAlgebra products, ILinearAlgebra decompositions) : ILinearAlgebra
{
    /// <inheritdoc/>
    public string Name => $"{products.Name}, {decompositions.Name} for decompositions";

    /// <inheritdoc/>
    public unsafe void Gemm<T>(
        bool transA, bool transB, int m, int n, int k, T alpha, T* a, int lda, T* b, int ldb, T beta, T* c, int ldc)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        products.Gemm(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);

    /// <inheritdoc/>
    public Svd Svd(double[] a, int rows, int columns) => decompositions.Svd(a, rows, columns);
}
