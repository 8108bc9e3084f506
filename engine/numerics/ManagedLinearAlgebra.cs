using System.Numerics;

namespace Fmm.Engine;

/// <summary>Linear algebra that needs nothing but the .NET runtime.</summary>
internal sealed unsafe class ManagedLinearAlgebra : ILinearAlgebra
{
    private readonly RegisterWidth _width;

    private readonly GemmBuffers _buffers = new(GemmBlocks<Register512<double>, double>.BufferBytes);

    public ManagedLinearAlgebra(RegisterWidth width)
    {
        _width = width;
        Name = $"managed ({(_width == RegisterWidth.Scalar ? "scalar" : (int)_width + " bits")})";
    }

    public string Name { get; }

    public void Gemm<T>(
        bool transA, bool transB, int m, int n, int k, T alpha, T* a, int lda, T* b, int ldb, T beta, T* c, int ldc)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        GemmArguments.Check<T>(transA, transB, m, n, k, lda, ldb, ldc);
        if (m == 0 || n == 0) return;
        T* buffer = (T*)_buffers.Borrow();
        switch (_width)
        {
            case RegisterWidth.Bits512:
                GemmBlocks<Register512<T>, T>.Run(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, buffer);
                break;
            case RegisterWidth.Bits256:
                GemmBlocks<Register256<T>, T>.Run(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, buffer);
                break;
            case RegisterWidth.Bits128:
                GemmBlocks<Register128<T>, T>.Run(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, buffer);
                break;
            default:
                GemmBlocks<Register1<T>, T>.Run(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, buffer);
                break;
        }

        _buffers.Return(buffer);
        // The pool's finalizer frees its slots: it must not run while a buffer is out.
        GC.KeepAlive(this);
    }

    public Svd Svd(double[] a, int rows, int columns)
    {
        SvdArguments.Check(a, rows, columns);
        return JacobiSvd.Decompose(a, rows, columns);
    }
}
