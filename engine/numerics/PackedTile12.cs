using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>Tiles of 12 rows for <see cref="PackedProduct{TRegister, T}"/>, with the 32 registers of AVX-512.</summary>
internal static unsafe class PackedTile12<TRegister, T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Columns of two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Wide(int depth, T* a, nint* aRows, T* b, T* c, nint* cRows, bool add, T* ahead)
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
        T* a0 = a + aRows[0];
        T* a1 = a + aRows[1];
        T* a2 = a + aRows[2];
        T* a3 = a + aRows[3];
        T* a4 = a + aRows[4];
        T* a5 = a + aRows[5];
        T* a6 = a + aRows[6];
        T* a7 = a + aRows[7];
        T* a8 = a + aRows[8];
        T* a9 = a + aRows[9];
        T* a10 = a + aRows[10];
        T* a11 = a + aRows[11];
        for (nint p = 0; p < depth; p++, b += 2 * TRegister.Count)
        {
            PackedAhead.Fetch(ahead, p);
            TRegister l = TRegister.Load(b), r = TRegister.Load(b + TRegister.Count);
            TRegister x = TRegister.Broadcast(a0 + p);
            s0l = TRegister.MultiplyAdd(x, l, s0l);
            s0r = TRegister.MultiplyAdd(x, r, s0r);
            x = TRegister.Broadcast(a1 + p);
            s1l = TRegister.MultiplyAdd(x, l, s1l);
            s1r = TRegister.MultiplyAdd(x, r, s1r);
            x = TRegister.Broadcast(a2 + p);
            s2l = TRegister.MultiplyAdd(x, l, s2l);
            s2r = TRegister.MultiplyAdd(x, r, s2r);
            x = TRegister.Broadcast(a3 + p);
            s3l = TRegister.MultiplyAdd(x, l, s3l);
            s3r = TRegister.MultiplyAdd(x, r, s3r);
            x = TRegister.Broadcast(a4 + p);
            s4l = TRegister.MultiplyAdd(x, l, s4l);
            s4r = TRegister.MultiplyAdd(x, r, s4r);
            x = TRegister.Broadcast(a5 + p);
            s5l = TRegister.MultiplyAdd(x, l, s5l);
            s5r = TRegister.MultiplyAdd(x, r, s5r);
            x = TRegister.Broadcast(a6 + p);
            s6l = TRegister.MultiplyAdd(x, l, s6l);
            s6r = TRegister.MultiplyAdd(x, r, s6r);
            x = TRegister.Broadcast(a7 + p);
            s7l = TRegister.MultiplyAdd(x, l, s7l);
            s7r = TRegister.MultiplyAdd(x, r, s7r);
            x = TRegister.Broadcast(a8 + p);
            s8l = TRegister.MultiplyAdd(x, l, s8l);
            s8r = TRegister.MultiplyAdd(x, r, s8r);
            x = TRegister.Broadcast(a9 + p);
            s9l = TRegister.MultiplyAdd(x, l, s9l);
            s9r = TRegister.MultiplyAdd(x, r, s9r);
            x = TRegister.Broadcast(a10 + p);
            s10l = TRegister.MultiplyAdd(x, l, s10l);
            s10r = TRegister.MultiplyAdd(x, r, s10r);
            x = TRegister.Broadcast(a11 + p);
            s11l = TRegister.MultiplyAdd(x, l, s11l);
            s11r = TRegister.MultiplyAdd(x, r, s11r);
        }

        PackedRow<TRegister, T>.Put(c + cRows[0], s0l, s0r, add);
        PackedRow<TRegister, T>.Put(c + cRows[1], s1l, s1r, add);
        PackedRow<TRegister, T>.Put(c + cRows[2], s2l, s2r, add);
        PackedRow<TRegister, T>.Put(c + cRows[3], s3l, s3r, add);
        PackedRow<TRegister, T>.Put(c + cRows[4], s4l, s4r, add);
        PackedRow<TRegister, T>.Put(c + cRows[5], s5l, s5r, add);
        PackedRow<TRegister, T>.Put(c + cRows[6], s6l, s6r, add);
        PackedRow<TRegister, T>.Put(c + cRows[7], s7l, s7r, add);
        PackedRow<TRegister, T>.Put(c + cRows[8], s8l, s8r, add);
        PackedRow<TRegister, T>.Put(c + cRows[9], s9l, s9r, add);
        PackedRow<TRegister, T>.Put(c + cRows[10], s10l, s10r, add);
        PackedRow<TRegister, T>.Put(c + cRows[11], s11l, s11r, add);
    }

    /// <summary>Columns of one register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow(int depth, T* a, nint* aRows, T* b, T* c, nint* cRows, bool add, T* ahead)
    {
        TRegister s0l = TRegister.Zero;
        TRegister s1l = TRegister.Zero;
        TRegister s2l = TRegister.Zero;
        TRegister s3l = TRegister.Zero;
        TRegister s4l = TRegister.Zero;
        TRegister s5l = TRegister.Zero;
        TRegister s6l = TRegister.Zero;
        TRegister s7l = TRegister.Zero;
        TRegister s8l = TRegister.Zero;
        TRegister s9l = TRegister.Zero;
        TRegister s10l = TRegister.Zero;
        TRegister s11l = TRegister.Zero;
        T* a0 = a + aRows[0];
        T* a1 = a + aRows[1];
        T* a2 = a + aRows[2];
        T* a3 = a + aRows[3];
        T* a4 = a + aRows[4];
        T* a5 = a + aRows[5];
        T* a6 = a + aRows[6];
        T* a7 = a + aRows[7];
        T* a8 = a + aRows[8];
        T* a9 = a + aRows[9];
        T* a10 = a + aRows[10];
        T* a11 = a + aRows[11];
        for (nint p = 0; p < depth; p++, b += TRegister.Count)
        {
            PackedAhead.Fetch(ahead, p);
            TRegister l = TRegister.Load(b);
            TRegister x = TRegister.Broadcast(a0 + p);
            s0l = TRegister.MultiplyAdd(x, l, s0l);
            x = TRegister.Broadcast(a1 + p);
            s1l = TRegister.MultiplyAdd(x, l, s1l);
            x = TRegister.Broadcast(a2 + p);
            s2l = TRegister.MultiplyAdd(x, l, s2l);
            x = TRegister.Broadcast(a3 + p);
            s3l = TRegister.MultiplyAdd(x, l, s3l);
            x = TRegister.Broadcast(a4 + p);
            s4l = TRegister.MultiplyAdd(x, l, s4l);
            x = TRegister.Broadcast(a5 + p);
            s5l = TRegister.MultiplyAdd(x, l, s5l);
            x = TRegister.Broadcast(a6 + p);
            s6l = TRegister.MultiplyAdd(x, l, s6l);
            x = TRegister.Broadcast(a7 + p);
            s7l = TRegister.MultiplyAdd(x, l, s7l);
            x = TRegister.Broadcast(a8 + p);
            s8l = TRegister.MultiplyAdd(x, l, s8l);
            x = TRegister.Broadcast(a9 + p);
            s9l = TRegister.MultiplyAdd(x, l, s9l);
            x = TRegister.Broadcast(a10 + p);
            s10l = TRegister.MultiplyAdd(x, l, s10l);
            x = TRegister.Broadcast(a11 + p);
            s11l = TRegister.MultiplyAdd(x, l, s11l);
        }

        PackedRow<TRegister, T>.Put(c + cRows[0], s0l, add);
        PackedRow<TRegister, T>.Put(c + cRows[1], s1l, add);
        PackedRow<TRegister, T>.Put(c + cRows[2], s2l, add);
        PackedRow<TRegister, T>.Put(c + cRows[3], s3l, add);
        PackedRow<TRegister, T>.Put(c + cRows[4], s4l, add);
        PackedRow<TRegister, T>.Put(c + cRows[5], s5l, add);
        PackedRow<TRegister, T>.Put(c + cRows[6], s6l, add);
        PackedRow<TRegister, T>.Put(c + cRows[7], s7l, add);
        PackedRow<TRegister, T>.Put(c + cRows[8], s8l, add);
        PackedRow<TRegister, T>.Put(c + cRows[9], s9l, add);
        PackedRow<TRegister, T>.Put(c + cRows[10], s10l, add);
        PackedRow<TRegister, T>.Put(c + cRows[11], s11l, add);
    }
}
