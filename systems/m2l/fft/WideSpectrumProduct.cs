using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fmm.Systems;

/// <summary>
/// <see cref="SpectrumProduct{T, TRegister}"/> in single precision with 512 bits: a register holds the real parts of eight targets
/// and their imaginary parts. A column of the matrix M times a + ib is M a in one sum and M b in another, whose halves change
/// places at the end; so each load of the matrix serves two multiplications a pair.
/// </summary>
internal static unsafe class WideSpectrumProduct
{
    /// <summary>Adds matrix times source to target for four octet pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddFour(float* matrix, float* s0, float* s1, float* s2, float* s3, float* t0, float* t1, float* t2, float* t3)
    {
        Vector512<float> a0 = Vector512.Load(t0), a1 = Vector512.Load(t1), a2 = Vector512.Load(t2), a3 = Vector512.Load(t3);
        Vector512<float> b0 = Vector512<float>.Zero, b1 = b0, b2 = b0, b3 = b0;
        for (int j = 0; j < 8; j++, matrix += 16)
        {
            Vector512<float> column = Vector512.Load(matrix);
            a0 = MultiplyAdd(column, s0 + j, a0);
            b0 = MultiplyAdd(column, s0 + 8 + j, b0);
            a1 = MultiplyAdd(column, s1 + j, a1);
            b1 = MultiplyAdd(column, s1 + 8 + j, b1);
            a2 = MultiplyAdd(column, s2 + j, a2);
            b2 = MultiplyAdd(column, s2 + 8 + j, b2);
            a3 = MultiplyAdd(column, s3 + j, a3);
            b3 = MultiplyAdd(column, s3 + 8 + j, b3);
        }
        Store(a0, b0, t0);
        Store(a1, b1, t1);
        Store(a2, b2, t2);
        Store(a3, b3, t3);
    }

    /// <summary>Adds matrix times source to target for one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddOne(float* matrix, float* source, float* target)
    {
        Vector512<float> a = Vector512.Load(target), b = Vector512<float>.Zero;
        for (int j = 0; j < 8; j++, matrix += 16)
        {
            Vector512<float> column = Vector512.Load(matrix);
            a = MultiplyAdd(column, source + j, a);
            b = MultiplyAdd(column, source + 8 + j, b);
        }
        Store(a, b, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> MultiplyAdd(Vector512<float> column, float* number, Vector512<float> sum) =>
        Vector512.MultiplyAddEstimate(column, Vector512.Create(*number), sum);

    // i (x + iy) = -y + ix.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> a, Vector512<float> b, float* target)
    {
        Vector256<float> re = a.GetLower() - b.GetUpper(), im = a.GetUpper() + b.GetLower();
        re.Store(target);
        im.Store(target + 8);
    }
}
