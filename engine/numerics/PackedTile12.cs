using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>Tiles of 12 rows for <see cref="PackedProduct{TLane, T}"/>, with the 32 registers of AVX-512.</summary>
internal static unsafe class PackedTile12<TLane, T>
    where TLane : unmanaged, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Columns of two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Wide(int depth, T* a, nint* aRows, T* b, T* c, nint* cRows, bool add, T* ahead)
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
        for (nint p = 0; p < depth; p++, b += 2 * TLane.Count)
        {
            PackedAhead.Fetch(ahead, p);
            TLane l = TLane.Load(b), r = TLane.Load(b + TLane.Count);
            TLane x = TLane.Broadcast(a0 + p);
            s0l = TLane.MultiplyAdd(x, l, s0l);
            s0r = TLane.MultiplyAdd(x, r, s0r);
            x = TLane.Broadcast(a1 + p);
            s1l = TLane.MultiplyAdd(x, l, s1l);
            s1r = TLane.MultiplyAdd(x, r, s1r);
            x = TLane.Broadcast(a2 + p);
            s2l = TLane.MultiplyAdd(x, l, s2l);
            s2r = TLane.MultiplyAdd(x, r, s2r);
            x = TLane.Broadcast(a3 + p);
            s3l = TLane.MultiplyAdd(x, l, s3l);
            s3r = TLane.MultiplyAdd(x, r, s3r);
            x = TLane.Broadcast(a4 + p);
            s4l = TLane.MultiplyAdd(x, l, s4l);
            s4r = TLane.MultiplyAdd(x, r, s4r);
            x = TLane.Broadcast(a5 + p);
            s5l = TLane.MultiplyAdd(x, l, s5l);
            s5r = TLane.MultiplyAdd(x, r, s5r);
            x = TLane.Broadcast(a6 + p);
            s6l = TLane.MultiplyAdd(x, l, s6l);
            s6r = TLane.MultiplyAdd(x, r, s6r);
            x = TLane.Broadcast(a7 + p);
            s7l = TLane.MultiplyAdd(x, l, s7l);
            s7r = TLane.MultiplyAdd(x, r, s7r);
            x = TLane.Broadcast(a8 + p);
            s8l = TLane.MultiplyAdd(x, l, s8l);
            s8r = TLane.MultiplyAdd(x, r, s8r);
            x = TLane.Broadcast(a9 + p);
            s9l = TLane.MultiplyAdd(x, l, s9l);
            s9r = TLane.MultiplyAdd(x, r, s9r);
            x = TLane.Broadcast(a10 + p);
            s10l = TLane.MultiplyAdd(x, l, s10l);
            s10r = TLane.MultiplyAdd(x, r, s10r);
            x = TLane.Broadcast(a11 + p);
            s11l = TLane.MultiplyAdd(x, l, s11l);
            s11r = TLane.MultiplyAdd(x, r, s11r);
        }

        PackedRow<TLane, T>.Put(c + cRows[0], s0l, s0r, add);
        PackedRow<TLane, T>.Put(c + cRows[1], s1l, s1r, add);
        PackedRow<TLane, T>.Put(c + cRows[2], s2l, s2r, add);
        PackedRow<TLane, T>.Put(c + cRows[3], s3l, s3r, add);
        PackedRow<TLane, T>.Put(c + cRows[4], s4l, s4r, add);
        PackedRow<TLane, T>.Put(c + cRows[5], s5l, s5r, add);
        PackedRow<TLane, T>.Put(c + cRows[6], s6l, s6r, add);
        PackedRow<TLane, T>.Put(c + cRows[7], s7l, s7r, add);
        PackedRow<TLane, T>.Put(c + cRows[8], s8l, s8r, add);
        PackedRow<TLane, T>.Put(c + cRows[9], s9l, s9r, add);
        PackedRow<TLane, T>.Put(c + cRows[10], s10l, s10r, add);
        PackedRow<TLane, T>.Put(c + cRows[11], s11l, s11r, add);
    }

    /// <summary>Columns of one register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow(int depth, T* a, nint* aRows, T* b, T* c, nint* cRows, bool add, T* ahead)
    {
        TLane s0l = TLane.Zero;
        TLane s1l = TLane.Zero;
        TLane s2l = TLane.Zero;
        TLane s3l = TLane.Zero;
        TLane s4l = TLane.Zero;
        TLane s5l = TLane.Zero;
        TLane s6l = TLane.Zero;
        TLane s7l = TLane.Zero;
        TLane s8l = TLane.Zero;
        TLane s9l = TLane.Zero;
        TLane s10l = TLane.Zero;
        TLane s11l = TLane.Zero;
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
        for (nint p = 0; p < depth; p++, b += TLane.Count)
        {
            PackedAhead.Fetch(ahead, p);
            TLane l = TLane.Load(b);
            TLane x = TLane.Broadcast(a0 + p);
            s0l = TLane.MultiplyAdd(x, l, s0l);
            x = TLane.Broadcast(a1 + p);
            s1l = TLane.MultiplyAdd(x, l, s1l);
            x = TLane.Broadcast(a2 + p);
            s2l = TLane.MultiplyAdd(x, l, s2l);
            x = TLane.Broadcast(a3 + p);
            s3l = TLane.MultiplyAdd(x, l, s3l);
            x = TLane.Broadcast(a4 + p);
            s4l = TLane.MultiplyAdd(x, l, s4l);
            x = TLane.Broadcast(a5 + p);
            s5l = TLane.MultiplyAdd(x, l, s5l);
            x = TLane.Broadcast(a6 + p);
            s6l = TLane.MultiplyAdd(x, l, s6l);
            x = TLane.Broadcast(a7 + p);
            s7l = TLane.MultiplyAdd(x, l, s7l);
            x = TLane.Broadcast(a8 + p);
            s8l = TLane.MultiplyAdd(x, l, s8l);
            x = TLane.Broadcast(a9 + p);
            s9l = TLane.MultiplyAdd(x, l, s9l);
            x = TLane.Broadcast(a10 + p);
            s10l = TLane.MultiplyAdd(x, l, s10l);
            x = TLane.Broadcast(a11 + p);
            s11l = TLane.MultiplyAdd(x, l, s11l);
        }

        PackedRow<TLane, T>.Put(c + cRows[0], s0l, add);
        PackedRow<TLane, T>.Put(c + cRows[1], s1l, add);
        PackedRow<TLane, T>.Put(c + cRows[2], s2l, add);
        PackedRow<TLane, T>.Put(c + cRows[3], s3l, add);
        PackedRow<TLane, T>.Put(c + cRows[4], s4l, add);
        PackedRow<TLane, T>.Put(c + cRows[5], s5l, add);
        PackedRow<TLane, T>.Put(c + cRows[6], s6l, add);
        PackedRow<TLane, T>.Put(c + cRows[7], s7l, add);
        PackedRow<TLane, T>.Put(c + cRows[8], s8l, add);
        PackedRow<TLane, T>.Put(c + cRows[9], s9l, add);
        PackedRow<TLane, T>.Put(c + cRows[10], s10l, add);
        PackedRow<TLane, T>.Put(c + cRows[11], s11l, add);
    }
}
