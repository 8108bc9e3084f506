using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>
/// The innermost tile of the managed matrix product, 4 rows by two registers: 8 running sums stay in registers
/// while op(A) is broadcast and op(B) streams. It fits the 16 registers of AVX2 and of narrower sets.
/// </summary>
internal static unsafe class GemmTile4<TLane, T>
    where TLane : unmanaged, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Three rows hang on one pointer, which x86 addresses without further registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int k, T* a, nint rowStep, nint depthStep, T* b, nint bStep, T alpha, T beta, T* c, nint ldc)
    {
        TLane s0l = TLane.Zero, s0r = TLane.Zero;
        TLane s1l = TLane.Zero, s1r = TLane.Zero;
        TLane s2l = TLane.Zero, s2r = TLane.Zero;
        TLane s3l = TLane.Zero, s3r = TLane.Zero;
        T* a3 = a + 3 * rowStep;
        nint rowStep2 = 2 * rowStep;
        for (int p = k; p > 0; p--)
        {
            TLane l = TLane.Load(b);
            TLane r = TLane.Load(b + TLane.Count);
            TLane x = TLane.Broadcast(a);
            s0l = TLane.MultiplyAdd(x, l, s0l);
            s0r = TLane.MultiplyAdd(x, r, s0r);
            x = TLane.Broadcast(a + rowStep);
            s1l = TLane.MultiplyAdd(x, l, s1l);
            s1r = TLane.MultiplyAdd(x, r, s1r);
            x = TLane.Broadcast(a + rowStep2);
            s2l = TLane.MultiplyAdd(x, l, s2l);
            s2r = TLane.MultiplyAdd(x, r, s2r);
            x = TLane.Broadcast(a3);
            s3l = TLane.MultiplyAdd(x, l, s3l);
            s3r = TLane.MultiplyAdd(x, r, s3r);
            b += bStep;
            a += depthStep;
            a3 += depthStep;
        }

        TLane factor = TLane.Broadcast(alpha);
        TLane old = TLane.Broadcast(beta);
        bool reads = beta != T.Zero;
        GemmTiles.Store<TLane, T>(c, s0l, s0r, factor, old, reads);
        GemmTiles.Store<TLane, T>(c + ldc, s1l, s1r, factor, old, reads);
        GemmTiles.Store<TLane, T>(c + 2 * ldc, s2l, s2r, factor, old, reads);
        GemmTiles.Store<TLane, T>(c + 3 * ldc, s3l, s3r, factor, old, reads);
    }
}
