using System.Numerics;

namespace Fmm.Engine;

/// <summary>Linear algebra that needs nothing but the .NET runtime.</summary>
internal sealed unsafe class ManagedLinearAlgebra : ILinearAlgebra
{
    private readonly RegisterWidth _width;

    public ManagedLinearAlgebra(RegisterWidth width)
    {
        _width = width;
        Name = $"managed ({(_width == RegisterWidth.Scalar ? "scalar" : (int)_width + " bits")})";
    }

    public string Name { get; }

    public void Gemm<T>(bool transB, int m, int n, int k, T* a, int lda, T* b, int ldb, T* c, int ldc)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        GemmArguments.Check<T>(transB, m, n, k, lda, ldb, ldc);
        switch (_width)
        {
            case RegisterWidth.Bits512 when RegisterWidths.Has512:
                PackedGemm<Register512<T>, T>.Run(transB, m, n, k, a, lda, b, ldb, c, ldc);
                break;
            case RegisterWidth.Bits256 when RegisterWidths.Has256:
                PackedGemm<Register256<T>, T>.Run(transB, m, n, k, a, lda, b, ldb, c, ldc);
                break;
            case RegisterWidth.Bits128 when RegisterWidths.Has128:
                PackedGemm<Register128<T>, T>.Run(transB, m, n, k, a, lda, b, ldb, c, ldc);
                break;
            case RegisterWidth.Scalar when RegisterWidths.HasScalar:
                PackedGemm<Register1<T>, T>.Run(transB, m, n, k, a, lda, b, ldb, c, ldc);
                break;
            default:
                throw RegisterWidths.Missing(_width);
        }
    }

    public Svd Svd(double[] a, int rows, int columns)
    {
        SvdArguments.Check(a, rows, columns);
        return JacobiSvd.Decompose(a, rows, columns);
    }
}
