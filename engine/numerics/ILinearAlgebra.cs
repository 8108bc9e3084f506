using System.Numerics;

namespace Fmm.Engine;

/// <summary>
/// Dense linear algebra behind one interface: matrix products and singular value decompositions, by a native library
/// (MKL or OpenBLAS) or by the engine itself. All matrices are row-major.
/// </summary>
/// <remarks>
/// An instance holds no state that a call changes, so it may be used from many threads at once. Every call runs on the
/// calling thread alone: the same arguments give the same bits, however many threads the schedule has.
/// Make one by <see cref="LinearAlgebra.Create"/>.
/// </remarks>
internal interface ILinearAlgebra
{
    /// <summary>The library, its version and the processor it is tuned for, as in <c>OpenBLAS 0.3.21 (Zen)</c>.</summary>
    string Name { get; }

    /// <summary>
    /// C = A op(B), where op(B) is B or its transpose. C is written and never read, so that it may hold anything, NaN too.
    /// Nothing is allocated on the managed heap.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="transB">op(B) is the transpose of B, which is then stored as <paramref name="n"/> rows of <paramref name="k"/>.</param>
    /// <param name="m">Rows of A and of C.</param>
    /// <param name="n">Columns of op(B) and of C.</param>
    /// <param name="k">Columns of A, rows of op(B); with 0, C is zeros.</param>
    /// <param name="a">A.</param>
    /// <param name="lda">Elements from one row of A to the next.</param>
    /// <param name="b">B, as stored.</param>
    /// <param name="ldb">Elements from one stored row of B to the next.</param>
    /// <param name="c">C, which overlaps neither A nor B.</param>
    /// <param name="ldc">Elements from one row of C to the next.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative size, or a distance between rows shorter than the row.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither of the two.</exception>
    unsafe void Gemm<T>(bool transB, int m, int n, int k, T* a, int lda, T* b, int ldb, T* c, int ldc)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The thin singular value decomposition A = U S V^T.</summary>
    /// <param name="a">A, <paramref name="rows"/> x <paramref name="columns"/> without gaps; it is left as it is.</param>
    /// <param name="rows">Rows of A, at least 1.</param>
    /// <param name="columns">Columns of A, at least 1.</param>
    /// <exception cref="ArgumentException">The array's length is not rows x columns, or it holds NaN or infinity.</exception>
    /// <exception cref="ArithmeticException">The iteration did not converge.</exception>
    Svd Svd(double[] a, int rows, int columns);
}
