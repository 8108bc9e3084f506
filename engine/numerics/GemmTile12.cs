using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>
/// The innermost tile of the managed matrix product, 12 rows by two registers: 24 running sums stay in registers
/// while op(A) is broadcast and op(B) streams. It needs the 32 registers of AVX-512.
/// </summary>
internal static unsafe class GemmTile12<TRegister, T>
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
        TRegister s4l = TRegister.Zero, s4r = TRegister.Zero;
        TRegister s5l = TRegister.Zero, s5r = TRegister.Zero;
        TRegister s6l = TRegister.Zero, s6r = TRegister.Zero;
        TRegister s7l = TRegister.Zero, s7r = TRegister.Zero;
        TRegister s8l = TRegister.Zero, s8r = TRegister.Zero;
        TRegister s9l = TRegister.Zero, s9r = TRegister.Zero;
        TRegister s10l = TRegister.Zero, s10r = TRegister.Zero;
        TRegister s11l = TRegister.Zero, s11r = TRegister.Zero;
        T* a3 = a + 3 * rowStep;
        T* a6 = a + 6 * rowStep;
        T* a9 = a + 9 * rowStep;
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
            x = TRegister.Broadcast(a3 + rowStep);
            s4l = TRegister.MultiplyAdd(x, l, s4l);
            s4r = TRegister.MultiplyAdd(x, r, s4r);
            x = TRegister.Broadcast(a3 + rowStep2);
            s5l = TRegister.MultiplyAdd(x, l, s5l);
            s5r = TRegister.MultiplyAdd(x, r, s5r);
            x = TRegister.Broadcast(a6);
            s6l = TRegister.MultiplyAdd(x, l, s6l);
            s6r = TRegister.MultiplyAdd(x, r, s6r);
            x = TRegister.Broadcast(a6 + rowStep);
            s7l = TRegister.MultiplyAdd(x, l, s7l);
            s7r = TRegister.MultiplyAdd(x, r, s7r);
            x = TRegister.Broadcast(a6 + rowStep2);
            s8l = TRegister.MultiplyAdd(x, l, s8l);
            s8r = TRegister.MultiplyAdd(x, r, s8r);
            x = TRegister.Broadcast(a9);
            s9l = TRegister.MultiplyAdd(x, l, s9l);
            s9r = TRegister.MultiplyAdd(x, r, s9r);
            x = TRegister.Broadcast(a9 + rowStep);
            s10l = TRegister.MultiplyAdd(x, l, s10l);
            s10r = TRegister.MultiplyAdd(x, r, s10r);
            x = TRegister.Broadcast(a9 + rowStep2);
            s11l = TRegister.MultiplyAdd(x, l, s11l);
            s11r = TRegister.MultiplyAdd(x, r, s11r);
            b += bStep;
            a += depthStep;
            a3 += depthStep;
            a6 += depthStep;
            a9 += depthStep;
        }

        TRegister factor = TRegister.Broadcast(alpha);
        TRegister old = TRegister.Broadcast(beta);
        bool reads = beta != T.Zero;
        GemmTiles.Store<TRegister, T>(c, s0l, s0r, factor, old, reads);
        GemmTiles.Store<TRegister, T>(c + ldc, s1l, s1r, factor, old, reads);
        GemmTiles.Store<TRegister, T>(c + 2 * ldc, s2l, s2r, factor, old, reads);
        GemmTiles.Store<TRegister, T>(c + 3 * ldc, s3l, s3r, factor, old, reads);
        GemmTiles.Store<TRegister, T>(c + 4 * ldc, s4l, s4r, factor, old, reads);
        GemmTiles.Store<TRegister, T>(c + 5 * ldc, s5l, s5r, factor, old, reads);
        GemmTiles.Store<TRegister, T>(c + 6 * ldc, s6l, s6r, factor, old, reads);
        GemmTiles.Store<TRegister, T>(c + 7 * ldc, s7l, s7r, factor, old, reads);
        GemmTiles.Store<TRegister, T>(c + 8 * ldc, s8l, s8r, factor, old, reads);
        GemmTiles.Store<TRegister, T>(c + 9 * ldc, s9l, s9r, factor, old, reads);
        GemmTiles.Store<TRegister, T>(c + 10 * ldc, s10l, s10r, factor, old, reads);
        GemmTiles.Store<TRegister, T>(c + 11 * ldc, s11l, s11r, factor, old, reads);
    }
}
