using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>
/// The innermost tile of the managed matrix product, 12 rows by two registers: 24 running sums stay in registers
/// while op(A) is broadcast and op(B) streams. It needs the 32 registers of AVX-512.
/// </summary>
internal static unsafe class GemmTile12<TLane, T>
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
        TLane s4l = TLane.Zero, s4r = TLane.Zero;
        TLane s5l = TLane.Zero, s5r = TLane.Zero;
        TLane s6l = TLane.Zero, s6r = TLane.Zero;
        TLane s7l = TLane.Zero, s7r = TLane.Zero;
        TLane s8l = TLane.Zero, s8r = TLane.Zero;
        TLane s9l = TLane.Zero, s9r = TLane.Zero;
        TLane s10l = TLane.Zero, s10r = TLane.Zero;
        TLane s11l = TLane.Zero, s11r = TLane.Zero;
        T* a3 = a + 3 * rowStep;
        T* a6 = a + 6 * rowStep;
        T* a9 = a + 9 * rowStep;
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
            x = TLane.Broadcast(a3 + rowStep);
            s4l = TLane.MultiplyAdd(x, l, s4l);
            s4r = TLane.MultiplyAdd(x, r, s4r);
            x = TLane.Broadcast(a3 + rowStep2);
            s5l = TLane.MultiplyAdd(x, l, s5l);
            s5r = TLane.MultiplyAdd(x, r, s5r);
            x = TLane.Broadcast(a6);
            s6l = TLane.MultiplyAdd(x, l, s6l);
            s6r = TLane.MultiplyAdd(x, r, s6r);
            x = TLane.Broadcast(a6 + rowStep);
            s7l = TLane.MultiplyAdd(x, l, s7l);
            s7r = TLane.MultiplyAdd(x, r, s7r);
            x = TLane.Broadcast(a6 + rowStep2);
            s8l = TLane.MultiplyAdd(x, l, s8l);
            s8r = TLane.MultiplyAdd(x, r, s8r);
            x = TLane.Broadcast(a9);
            s9l = TLane.MultiplyAdd(x, l, s9l);
            s9r = TLane.MultiplyAdd(x, r, s9r);
            x = TLane.Broadcast(a9 + rowStep);
            s10l = TLane.MultiplyAdd(x, l, s10l);
            s10r = TLane.MultiplyAdd(x, r, s10r);
            x = TLane.Broadcast(a9 + rowStep2);
            s11l = TLane.MultiplyAdd(x, l, s11l);
            s11r = TLane.MultiplyAdd(x, r, s11r);
            b += bStep;
            a += depthStep;
            a3 += depthStep;
            a6 += depthStep;
            a9 += depthStep;
        }

        TLane factor = TLane.Broadcast(alpha);
        TLane old = TLane.Broadcast(beta);
        bool reads = beta != T.Zero;
        GemmTiles.Store<TLane, T>(c, s0l, s0r, factor, old, reads);
        GemmTiles.Store<TLane, T>(c + ldc, s1l, s1r, factor, old, reads);
        GemmTiles.Store<TLane, T>(c + 2 * ldc, s2l, s2r, factor, old, reads);
        GemmTiles.Store<TLane, T>(c + 3 * ldc, s3l, s3r, factor, old, reads);
        GemmTiles.Store<TLane, T>(c + 4 * ldc, s4l, s4r, factor, old, reads);
        GemmTiles.Store<TLane, T>(c + 5 * ldc, s5l, s5r, factor, old, reads);
        GemmTiles.Store<TLane, T>(c + 6 * ldc, s6l, s6r, factor, old, reads);
        GemmTiles.Store<TLane, T>(c + 7 * ldc, s7l, s7r, factor, old, reads);
        GemmTiles.Store<TLane, T>(c + 8 * ldc, s8l, s8r, factor, old, reads);
        GemmTiles.Store<TLane, T>(c + 9 * ldc, s9l, s9r, factor, old, reads);
        GemmTiles.Store<TLane, T>(c + 10 * ldc, s10l, s10r, factor, old, reads);
        GemmTiles.Store<TLane, T>(c + 11 * ldc, s11l, s11r, factor, old, reads);
    }
}
