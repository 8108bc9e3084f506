using System.Numerics;
using Fmm.Engine.Interop;

namespace Fmm.Engine;

/// <summary>Linear algebra by MKL or OpenBLAS, whose C and Fortran names are the same.</summary>
internal sealed unsafe class NativeLinearAlgebra(BlasLibrary library) : ILinearAlgebra
{
    private readonly BlasLibrary _library = library;

    public string Name => _library.Name;

    public void Gemm<T>(bool transB, int m, int n, int k, T* a, int lda, T* b, int ldb, T* c, int ldc)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        GemmArguments.Check<T>(transB, m, n, k, lda, ldb, ldc);
        const CBLAS_LAYOUT RowMajor = CBLAS_LAYOUT.CblasRowMajor;
        CBLAS_TRANSPOSE opA = CBLAS_TRANSPOSE.CblasNoTrans, opB = transB ? CBLAS_TRANSPOSE.CblasTrans : opA;
        int threads = _library.EnterSingleThreaded();
        if (typeof(T) == typeof(float)) _library.cblas_sgemm(RowMajor, opA, opB, m, n, k, 1, (float*)a, lda, (float*)b, ldb, 0, (float*)c, ldc);
        else _library.cblas_dgemm(RowMajor, opA, opB, m, n, k, 1, (double*)a, lda, (double*)b, ldb, 0, (double*)c, ldc);
        _library.LeaveSingleThreaded(threads);
    }

    // LAPACK is column-major: our A, as it lies, is its A^T = V S U^T. So its "U" is our Vt and its "VT" our U,
    // each as it lies, and nothing is transposed.
    public Svd Svd(double[] a, int rows, int columns)
    {
        SvdArguments.Check(a, rows, columns);
        int count = Math.Min(rows, columns);
        double[] copy = (double[])a.Clone();
        double[] u = new double[(long)rows * count];
        double[] s = new double[count];
        double[] vt = new double[(long)count * columns];
        int[] integers = new int[8 * count];
        int info = 0;
        int threads = _library.EnterSingleThreaded();
        try
        {
            fixed (double* pA = copy, pU = u, pS = s, pVt = vt)
            fixed (int* pIntegers = integers)
            {
                byte job = (byte)'S';
                double size;
                int query = -1;
                _library.dgesdd_(&job, &columns, &rows, pA, &columns, pS, pVt, &columns, pU, &count, &size, &query, pIntegers, &info, 1);
                int length = (int)Math.Min(size, int.MaxValue);
                double[] work = new double[Math.Max(1, length)];
                fixed (double* pWork = work)
                {
                    _library.dgesdd_(&job, &columns, &rows, pA, &columns, pS, pVt, &columns, pU, &count, pWork, &length, pIntegers, &info, 1);
                }
            }
        }
        finally
        {
            _library.LeaveSingleThreaded(threads);
        }

        if (info != 0)
        {
            throw new ArithmeticException(
                $"The singular value decomposition of a {rows} x {columns} matrix failed in {Name} (dgesdd info {info}); "
                + $"choose the managed provider ({LinearAlgebra.EnvironmentVariable}=managed).");
        }

        return new Svd(rows, columns, u, s, vt);
    }
}
