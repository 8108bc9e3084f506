using System.Runtime.CompilerServices;

namespace Fmm.Systems;

/// <content>One line of points or frequencies.</content>
internal sealed unsafe partial class OctetTransform<T, TRegister>
{
    // Complex points to all n frequencies of a line; k and n - k come from one even and one odd sum.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Line(T* input, nint inputStride, int extent, T* output, nint outputStride)
    {
        for (int lane = 0; lane < 8; lane += TRegister.Count)
        {
            TRegister re0 = TRegister.Zero, im0 = TRegister.Zero, re1 = TRegister.Zero, im1 = TRegister.Zero;
            T* at = input + lane;
            for (int j = 0; j < extent; j++, at += inputStride)
            {
                TRegister re = TRegister.Load(at), im = TRegister.Load(at + 8);
                re0 += re;
                im0 += im;
                if ((j & 1) == 0)
                {
                    re1 += re;
                    im1 += im;
                }
                else
                {
                    re1 -= re;
                    im1 -= im;
                }
            }
            Put(output + lane, re0, im0);
            Put(output + (Order * outputStride) + lane, re1, im1);
            int k = 1;
            for (; k + 1 < Order; k += 2) PairOfFrequencies(input + lane, inputStride, extent, output + lane, outputStride, k);
            if (k < Order) Frequency(input + lane, inputStride, extent, output + lane, outputStride, k);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PairOfFrequencies(T* input, nint inputStride, int extent, T* output, nint outputStride, int k)
    {
        TRegister evenRe0 = TRegister.Zero, evenIm0 = TRegister.Zero, oddRe0 = TRegister.Zero, oddIm0 = TRegister.Zero;
        TRegister evenRe1 = TRegister.Zero, evenIm1 = TRegister.Zero, oddRe1 = TRegister.Zero, oddIm1 = TRegister.Zero;
        T* cos = _cos + (k * Period);
        T* sin = _sin + (k * Period);
        for (int j = 0; j < extent; j++, input += inputStride)
        {
            TRegister re = TRegister.Load(input), im = TRegister.Load(input + 8);
            TRegister c0 = TRegister.Broadcast(cos + j), s0 = TRegister.Broadcast(sin + j);
            TRegister c1 = TRegister.Broadcast(cos + Period + j), s1 = TRegister.Broadcast(sin + Period + j);
            evenRe0 = TRegister.MultiplyAdd(re, c0, evenRe0);
            evenIm0 = TRegister.MultiplyAdd(im, c0, evenIm0);
            oddRe0 = TRegister.MultiplyAdd(re, s0, oddRe0);
            oddIm0 = TRegister.MultiplyAdd(im, s0, oddIm0);
            evenRe1 = TRegister.MultiplyAdd(re, c1, evenRe1);
            evenIm1 = TRegister.MultiplyAdd(im, c1, evenIm1);
            oddRe1 = TRegister.MultiplyAdd(re, s1, oddRe1);
            oddIm1 = TRegister.MultiplyAdd(im, s1, oddIm1);
        }
        // X_k = even - i odd, X_(n-k) = even + i odd.
        Put(output + (k * outputStride), evenRe0 + oddIm0, evenIm0 - oddRe0);
        Put(output + ((Period - k) * outputStride), evenRe0 - oddIm0, evenIm0 + oddRe0);
        Put(output + ((k + 1) * outputStride), evenRe1 + oddIm1, evenIm1 - oddRe1);
        Put(output + ((Period - k - 1) * outputStride), evenRe1 - oddIm1, evenIm1 + oddRe1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Frequency(T* input, nint inputStride, int extent, T* output, nint outputStride, int k)
    {
        TRegister evenRe = TRegister.Zero, evenIm = TRegister.Zero, oddRe = TRegister.Zero, oddIm = TRegister.Zero;
        T* cos = _cos + (k * Period);
        T* sin = _sin + (k * Period);
        for (int j = 0; j < extent; j++, input += inputStride)
        {
            TRegister re = TRegister.Load(input), im = TRegister.Load(input + 8);
            TRegister c = TRegister.Broadcast(cos + j), s = TRegister.Broadcast(sin + j);
            evenRe = TRegister.MultiplyAdd(re, c, evenRe);
            evenIm = TRegister.MultiplyAdd(im, c, evenIm);
            oddRe = TRegister.MultiplyAdd(re, s, oddRe);
            oddIm = TRegister.MultiplyAdd(im, s, oddIm);
        }
        Put(output + (k * outputStride), evenRe + oddIm, evenIm - oddRe);
        Put(output + ((Period - k) * outputStride), evenRe - oddIm, evenIm + oddRe);
    }

    // All n frequencies of a line to its points 0..p-1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void InverseLine(T* input, nint inputStride, T* output, nint outputStride, T* parts)
    {
        for (int lane = 0; lane < 8; lane += TRegister.Count)
        {
            T* at = input + lane;
            TRegister re0 = TRegister.Load(at), im0 = TRegister.Load(at + 8);
            T* middle = at + (Order * inputStride);
            TRegister re1 = TRegister.Load(middle), im1 = TRegister.Load(middle + 8);
            for (int k = 1; k < Order; k++)
            {
                T* low = at + (k * inputStride);
                T* high = at + ((Period - k) * inputStride);
                TRegister lowRe = TRegister.Load(low), lowIm = TRegister.Load(low + 8), highRe = TRegister.Load(high), highIm = TRegister.Load(high + 8);
                T* part = parts + (32 * k);
                TRegister.Store(lowRe + highRe, part);
                TRegister.Store(lowIm + highIm, part + 8);
                TRegister.Store(lowRe - highRe, part + 16);
                TRegister.Store(lowIm - highIm, part + 24);
            }
            TRegister evenRe = re0 + re1, evenIm = im0 + im1, oddRe = re0 - re1, oddIm = im0 - im1;
            int t = 0;
            for (; t + 1 < Order; t += 2)
            {
                TRegister a = evenRe, b = evenIm, c = oddRe, d = oddIm;
                T* part = parts + 32;
                T* cos = _cos + Period + t;
                T* sin = _sin + Period + t;
                for (int k = 1; k < Order; k++, part += 32, cos += Period, sin += Period)
                {
                    TRegister eRe = TRegister.Load(part), eIm = TRegister.Load(part + 8), oRe = TRegister.Load(part + 16), oIm = TRegister.Load(part + 24);
                    TRegister c0 = TRegister.Broadcast(cos), s0 = TRegister.Broadcast(sin), c1 = TRegister.Broadcast(cos + 1), s1 = TRegister.Broadcast(sin + 1);
                    a = TRegister.NegatedMultiplyAdd(oIm, s0, TRegister.MultiplyAdd(eRe, c0, a));
                    b = TRegister.MultiplyAdd(oRe, s0, TRegister.MultiplyAdd(eIm, c0, b));
                    c = TRegister.NegatedMultiplyAdd(oIm, s1, TRegister.MultiplyAdd(eRe, c1, c));
                    d = TRegister.MultiplyAdd(oRe, s1, TRegister.MultiplyAdd(eIm, c1, d));
                }
                Put(output + (t * outputStride) + lane, a, b);
                Put(output + ((t + 1) * outputStride) + lane, c, d);
            }
            if (t == Order) continue;
            TRegister lastRe = evenRe, lastIm = evenIm;
            for (int k = 1; k < Order; k++)
            {
                T* part = parts + (32 * k);
                TRegister c = TRegister.Broadcast(_cos + (k * Period) + t), s = TRegister.Broadcast(_sin + (k * Period) + t);
                lastRe = TRegister.NegatedMultiplyAdd(TRegister.Load(part + 24), s, TRegister.MultiplyAdd(TRegister.Load(part), c, lastRe));
                lastIm = TRegister.MultiplyAdd(TRegister.Load(part + 16), s, TRegister.MultiplyAdd(TRegister.Load(part + 8), c, lastIm));
            }
            Put(output + (t * outputStride) + lane, lastRe, lastIm);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(T* target, TRegister re, TRegister im)
    {
        TRegister.Store(re, target);
        TRegister.Store(im, target + 8);
    }
}
