using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The product of M2L in frequency space: an 8 x 8 complex matrix takes the eight children of a source octet to the eight
/// children of a target octet (Malhotra and Biros 2015, section 3.2). Four octet pairs share each load of the matrix; the
/// targets' children lie across the lanes, a source child is broadcast.
/// </summary>
internal static unsafe class OctetTransfer<T, TLane>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    /// <summary>Adds matrix times source to target for a list of octet pairs at one frequency.</summary>
    /// <param name="matrix">[8 sources][8 real, 8 imaginary parts].</param>
    /// <param name="pairs">Places in <paramref name="sources"/> and <paramref name="targets"/>, one after the other, in units of 16 numbers.</param>
    /// <param name="count">Number of pairs; their targets all differ.</param>
    /// <param name="sources">Source spectra at this frequency, 16 numbers an octet.</param>
    /// <param name="targets">Target spectra at this frequency, 16 numbers an octet.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(T* matrix, int* pairs, int count, T* sources, T* targets)
    {
        int i = 0;
        for (; i + 4 <= count; i += 4, pairs += 8)
        {
            AddFour(
                matrix, sources + (16 * (nint)pairs[0]), sources + (16 * (nint)pairs[2]), sources + (16 * (nint)pairs[4]), sources + (16 * (nint)pairs[6]),
                targets + (16 * pairs[1]), targets + (16 * pairs[3]), targets + (16 * pairs[5]), targets + (16 * pairs[7]));
        }
        for (; i < count; i++, pairs += 2) AddOne(matrix, sources + (16 * (nint)pairs[0]), targets + (16 * pairs[1]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFour(T* matrix, T* s0, T* s1, T* s2, T* s3, T* t0, T* t1, T* t2, T* t3)
    {
        if (typeof(TLane) == typeof(Lane512<float>))
        {
            WideOctetTransfer.AddFour(
                (float*)matrix, (float*)s0, (float*)s1, (float*)s2, (float*)s3, (float*)t0, (float*)t1, (float*)t2, (float*)t3);
            return;
        }
        for (int lane = 0; lane < 8; lane += TLane.Count)
        {
            T* column = matrix + lane;
            TLane re0 = TLane.Load(t0 + lane), im0 = TLane.Load(t0 + 8 + lane);
            TLane re1 = TLane.Load(t1 + lane), im1 = TLane.Load(t1 + 8 + lane);
            TLane re2 = TLane.Load(t2 + lane), im2 = TLane.Load(t2 + 8 + lane);
            TLane re3 = TLane.Load(t3 + lane), im3 = TLane.Load(t3 + 8 + lane);
            for (int j = 0; j < 8; j++, column += 16)
            {
                TLane re = TLane.Load(column), im = TLane.Load(column + 8);
                TLane a = TLane.Broadcast(s0 + j), b = TLane.Broadcast(s0 + 8 + j);
                re0 = TLane.NegatedMultiplyAdd(im, b, TLane.MultiplyAdd(re, a, re0));
                im0 = TLane.MultiplyAdd(im, a, TLane.MultiplyAdd(re, b, im0));
                a = TLane.Broadcast(s1 + j);
                b = TLane.Broadcast(s1 + 8 + j);
                re1 = TLane.NegatedMultiplyAdd(im, b, TLane.MultiplyAdd(re, a, re1));
                im1 = TLane.MultiplyAdd(im, a, TLane.MultiplyAdd(re, b, im1));
                a = TLane.Broadcast(s2 + j);
                b = TLane.Broadcast(s2 + 8 + j);
                re2 = TLane.NegatedMultiplyAdd(im, b, TLane.MultiplyAdd(re, a, re2));
                im2 = TLane.MultiplyAdd(im, a, TLane.MultiplyAdd(re, b, im2));
                a = TLane.Broadcast(s3 + j);
                b = TLane.Broadcast(s3 + 8 + j);
                re3 = TLane.NegatedMultiplyAdd(im, b, TLane.MultiplyAdd(re, a, re3));
                im3 = TLane.MultiplyAdd(im, a, TLane.MultiplyAdd(re, b, im3));
            }
            TLane.Store(re0, t0 + lane);
            TLane.Store(im0, t0 + 8 + lane);
            TLane.Store(re1, t1 + lane);
            TLane.Store(im1, t1 + 8 + lane);
            TLane.Store(re2, t2 + lane);
            TLane.Store(im2, t2 + 8 + lane);
            TLane.Store(re3, t3 + lane);
            TLane.Store(im3, t3 + 8 + lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddOne(T* matrix, T* source, T* target)
    {
        if (typeof(TLane) == typeof(Lane512<float>))
        {
            WideOctetTransfer.AddOne((float*)matrix, (float*)source, (float*)target);
            return;
        }
        for (int lane = 0; lane < 8; lane += TLane.Count)
        {
            T* column = matrix + lane;
            TLane re = TLane.Load(target + lane), im = TLane.Load(target + 8 + lane);
            for (int j = 0; j < 8; j++, column += 16)
            {
                TLane matrixRe = TLane.Load(column), matrixIm = TLane.Load(column + 8);
                TLane a = TLane.Broadcast(source + j), b = TLane.Broadcast(source + 8 + j);
                re = TLane.NegatedMultiplyAdd(matrixIm, b, TLane.MultiplyAdd(matrixRe, a, re));
                im = TLane.MultiplyAdd(matrixIm, a, TLane.MultiplyAdd(matrixRe, b, im));
            }
            TLane.Store(re, target + lane);
            TLane.Store(im, target + 8 + lane);
        }
    }
}
