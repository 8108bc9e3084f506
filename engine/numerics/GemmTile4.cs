using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>
/// The innermost tile of the managed matrix product, 4 rows by two registers: 8 running sums stay in registers
/// while op(A) is broadcast and op(B) streams. It fits the 16 registers of AVX2 and of narrower sets.
/// </summary>
internal static unsafe class GemmTile4<TRegister, T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Three rows hang on one pointer, which x86 addresses without further registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int k, T* a, nint rowStep, nint depthStep, T* b, nint bStep, T alpha, T beta, T* c, nint ldc)
    {
        TRegister s0l = TRegister.Zero, s0r = TRegister.Zero;
        TRegister s1l = TRegister.Zero, s1r = TRegister.Zero;
        TRegister s2l = TRegister.Zero, s2r = TRegister.Zero;
        TRegister s3l = TRegister.Zero, s3r = TRegister.Zero;
        T* a3 = a + 3 * rowStep;
        nint rowStep2 = 2 * rowStep;
        for (int p = k; p > 0; p--)
        {
            TRegister l = TRegister.Load(b);
            TRegister r = TRegister.Load(b + TRegister.Count);
            TRegister x = TRegister.Broadcast(a);
            s0l = TRegister.MultiplyAdd(x, l, s0l);
            s0r = TRegister.MultiplyAdd(x, r, s0r);
            x = TRegister.Broadcast(a + rowStep);
            s1l = TRegister.MultiplyAdd(x, l, s1l);
            s1r = TRegister.MultiplyAdd(x, r, s1r);
            x = TRegister.Broadcast(a + rowStep2);
            s2l = TRegister.MultiplyAdd(x, l, s2l);
            s2r = TRegister.MultiplyAdd(x, r, s2r);
            x = TRegister.Broadcast(a3);
            s3l = TRegister.MultiplyAdd(x, l, s3l);
            s3r = TRegister.MultiplyAdd(x, r, s3r);
            b += bStep;
            a += depthStep;
            a3 += depthStep;
        }

        TRegister factor = TRegister.Broadcast(alpha);
        TRegister old = TRegister.Broadcast(beta);
        bool reads = beta != T.Zero;
        GemmTiles.Store<TRegister, T>(c, s0l, s0r, factor, old, reads);
        GemmTiles.Store<TRegister, T>(c + ldc, s1l, s1r, factor, old, reads);
        GemmTiles.Store<TRegister, T>(c + 2 * ldc, s2l, s2r, factor, old, reads);
        GemmTiles.Store<TRegister, T>(c + 3 * ldc, s3l, s3r, factor, old, reads);
    }
}
