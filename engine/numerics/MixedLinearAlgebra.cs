using System.Numerics;

namespace Fmm.Engine;

/// <summary>Products by one implementation, decompositions by another: the engine's own products where a library is there for the rest.</summary>
/// <remarks>
/// What precomputation multiplies is small and many: some hundred rows by some hundred. The operators of compressed M2L at order
/// 12, in double precision on one core of a Zen 5, take 0.41 s so, 0.54 s by OpenBLAS 0.3.21 (Haswell) alone and 0.63 s by the engine alone.
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
