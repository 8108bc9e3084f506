using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The product of M2L in frequency space: an 8 x 8 complex matrix takes the eight children of a source octet to the eight
/// children of a target octet (Malhotra and Biros 2015, section 3.2). Four octet pairs share each load of the matrix; the
/// targets' children lie across the lanes, a source child is broadcast.
/// </summary>
internal static unsafe class SpectrumProduct<T, TRegister>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
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
        if (typeof(TRegister) == typeof(Register512<float>))
        {
            WideSpectrumProduct.AddFour(
                (float*)matrix, (float*)s0, (float*)s1, (float*)s2, (float*)s3, (float*)t0, (float*)t1, (float*)t2, (float*)t3);
            return;
        }
        for (int lane = 0; lane < 8; lane += TRegister.Count)
        {
            T* column = matrix + lane;
            TRegister re0 = TRegister.Load(t0 + lane), im0 = TRegister.Load(t0 + 8 + lane);
            TRegister re1 = TRegister.Load(t1 + lane), im1 = TRegister.Load(t1 + 8 + lane);
            TRegister re2 = TRegister.Load(t2 + lane), im2 = TRegister.Load(t2 + 8 + lane);
            TRegister re3 = TRegister.Load(t3 + lane), im3 = TRegister.Load(t3 + 8 + lane);
            for (int j = 0; j < 8; j++, column += 16)
            {
                TRegister re = TRegister.Load(column), im = TRegister.Load(column + 8);
                TRegister a = TRegister.Broadcast(s0 + j), b = TRegister.Broadcast(s0 + 8 + j);
                re0 = TRegister.NegatedMultiplyAdd(im, b, TRegister.MultiplyAdd(re, a, re0));
                im0 = TRegister.MultiplyAdd(im, a, TRegister.MultiplyAdd(re, b, im0));
                a = TRegister.Broadcast(s1 + j);
                b = TRegister.Broadcast(s1 + 8 + j);
                re1 = TRegister.NegatedMultiplyAdd(im, b, TRegister.MultiplyAdd(re, a, re1));
                im1 = TRegister.MultiplyAdd(im, a, TRegister.MultiplyAdd(re, b, im1));
                a = TRegister.Broadcast(s2 + j);
                b = TRegister.Broadcast(s2 + 8 + j);
                re2 = TRegister.NegatedMultiplyAdd(im, b, TRegister.MultiplyAdd(re, a, re2));
                im2 = TRegister.MultiplyAdd(im, a, TRegister.MultiplyAdd(re, b, im2));
                a = TRegister.Broadcast(s3 + j);
                b = TRegister.Broadcast(s3 + 8 + j);
                re3 = TRegister.NegatedMultiplyAdd(im, b, TRegister.MultiplyAdd(re, a, re3));
                im3 = TRegister.MultiplyAdd(im, a, TRegister.MultiplyAdd(re, b, im3));
            }
            TRegister.Store(re0, t0 + lane);
            TRegister.Store(im0, t0 + 8 + lane);
            TRegister.Store(re1, t1 + lane);
            TRegister.Store(im1, t1 + 8 + lane);
            TRegister.Store(re2, t2 + lane);
            TRegister.Store(im2, t2 + 8 + lane);
            TRegister.Store(re3, t3 + lane);
            TRegister.Store(im3, t3 + 8 + lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddOne(T* matrix, T* source, T* target)
    {
        if (typeof(TRegister) == typeof(Register512<float>))
        {
            WideSpectrumProduct.AddOne((float*)matrix, (float*)source, (float*)target);
            return;
        }
        for (int lane = 0; lane < 8; lane += TRegister.Count)
        {
            T* column = matrix + lane;
            TRegister re = TRegister.Load(target + lane), im = TRegister.Load(target + 8 + lane);
            for (int j = 0; j < 8; j++, column += 16)
            {
                TRegister matrixRe = TRegister.Load(column), matrixIm = TRegister.Load(column + 8);
                TRegister a = TRegister.Broadcast(source + j), b = TRegister.Broadcast(source + 8 + j);
                re = TRegister.NegatedMultiplyAdd(matrixIm, b, TRegister.MultiplyAdd(matrixRe, a, re));
                im = TRegister.MultiplyAdd(matrixIm, a, TRegister.MultiplyAdd(matrixRe, b, im));
            }
            TRegister.Store(re, target + lane);
            TRegister.Store(im, target + 8 + lane);
        }
    }
}
