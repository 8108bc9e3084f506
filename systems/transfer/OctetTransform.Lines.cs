using System.Runtime.CompilerServices;

namespace Fmm.Systems;

/// <content>One line of points or frequencies.</content>
internal sealed unsafe partial class OctetTransform<T, TLane>
{
    // Complex points to all n frequencies of a line; k and n - k come from one even and one odd sum.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Line(T* input, nint inputStride, int extent, T* output, nint outputStride)
    {
        for (int lane = 0; lane < 8; lane += TLane.Count)
        {
            TLane re0 = TLane.Zero, im0 = TLane.Zero, re1 = TLane.Zero, im1 = TLane.Zero;
            T* at = input + lane;
            for (int j = 0; j < extent; j++, at += inputStride)
            {
                TLane re = TLane.Load(at), im = TLane.Load(at + 8);
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
        TLane evenRe0 = TLane.Zero, evenIm0 = TLane.Zero, oddRe0 = TLane.Zero, oddIm0 = TLane.Zero;
        TLane evenRe1 = TLane.Zero, evenIm1 = TLane.Zero, oddRe1 = TLane.Zero, oddIm1 = TLane.Zero;
        T* cos = _cos + (k * Period);
        T* sin = _sin + (k * Period);
        for (int j = 0; j < extent; j++, input += inputStride)
        {
            TLane re = TLane.Load(input), im = TLane.Load(input + 8);
            TLane c0 = TLane.Broadcast(cos + j), s0 = TLane.Broadcast(sin + j);
            TLane c1 = TLane.Broadcast(cos + Period + j), s1 = TLane.Broadcast(sin + Period + j);
            evenRe0 = TLane.MultiplyAdd(re, c0, evenRe0);
            evenIm0 = TLane.MultiplyAdd(im, c0, evenIm0);
            oddRe0 = TLane.MultiplyAdd(re, s0, oddRe0);
            oddIm0 = TLane.MultiplyAdd(im, s0, oddIm0);
            evenRe1 = TLane.MultiplyAdd(re, c1, evenRe1);
            evenIm1 = TLane.MultiplyAdd(im, c1, evenIm1);
            oddRe1 = TLane.MultiplyAdd(re, s1, oddRe1);
            oddIm1 = TLane.MultiplyAdd(im, s1, oddIm1);
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
        TLane evenRe = TLane.Zero, evenIm = TLane.Zero, oddRe = TLane.Zero, oddIm = TLane.Zero;
        T* cos = _cos + (k * Period);
        T* sin = _sin + (k * Period);
        for (int j = 0; j < extent; j++, input += inputStride)
        {
            TLane re = TLane.Load(input), im = TLane.Load(input + 8);
            TLane c = TLane.Broadcast(cos + j), s = TLane.Broadcast(sin + j);
            evenRe = TLane.MultiplyAdd(re, c, evenRe);
            evenIm = TLane.MultiplyAdd(im, c, evenIm);
            oddRe = TLane.MultiplyAdd(re, s, oddRe);
            oddIm = TLane.MultiplyAdd(im, s, oddIm);
        }
        Put(output + (k * outputStride), evenRe + oddIm, evenIm - oddRe);
        Put(output + ((Period - k) * outputStride), evenRe - oddIm, evenIm + oddRe);
    }

    // All n frequencies of a line to its points 0..p-1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void InverseLine(T* input, nint inputStride, T* output, nint outputStride, T* parts)
    {
        for (int lane = 0; lane < 8; lane += TLane.Count)
        {
            T* at = input + lane;
            TLane re0 = TLane.Load(at), im0 = TLane.Load(at + 8);
            T* middle = at + (Order * inputStride);
            TLane re1 = TLane.Load(middle), im1 = TLane.Load(middle + 8);
            for (int k = 1; k < Order; k++)
            {
                T* low = at + (k * inputStride);
                T* high = at + ((Period - k) * inputStride);
                TLane lowRe = TLane.Load(low), lowIm = TLane.Load(low + 8), highRe = TLane.Load(high), highIm = TLane.Load(high + 8);
                T* part = parts + (32 * k);
                TLane.Store(lowRe + highRe, part);
                TLane.Store(lowIm + highIm, part + 8);
                TLane.Store(lowRe - highRe, part + 16);
                TLane.Store(lowIm - highIm, part + 24);
            }
            TLane evenRe = re0 + re1, evenIm = im0 + im1, oddRe = re0 - re1, oddIm = im0 - im1;
            int t = 0;
            for (; t + 1 < Order; t += 2)
            {
                TLane a = evenRe, b = evenIm, c = oddRe, d = oddIm;
                T* part = parts + 32;
                T* cos = _cos + Period + t;
                T* sin = _sin + Period + t;
                for (int k = 1; k < Order; k++, part += 32, cos += Period, sin += Period)
                {
                    TLane eRe = TLane.Load(part), eIm = TLane.Load(part + 8), oRe = TLane.Load(part + 16), oIm = TLane.Load(part + 24);
                    TLane c0 = TLane.Broadcast(cos), s0 = TLane.Broadcast(sin), c1 = TLane.Broadcast(cos + 1), s1 = TLane.Broadcast(sin + 1);
                    a = TLane.NegatedMultiplyAdd(oIm, s0, TLane.MultiplyAdd(eRe, c0, a));
                    b = TLane.MultiplyAdd(oRe, s0, TLane.MultiplyAdd(eIm, c0, b));
                    c = TLane.NegatedMultiplyAdd(oIm, s1, TLane.MultiplyAdd(eRe, c1, c));
                    d = TLane.MultiplyAdd(oRe, s1, TLane.MultiplyAdd(eIm, c1, d));
                }
                Put(output + (t * outputStride) + lane, a, b);
                Put(output + ((t + 1) * outputStride) + lane, c, d);
            }
            if (t == Order) continue;
            TLane lastRe = evenRe, lastIm = evenIm;
            for (int k = 1; k < Order; k++)
            {
                T* part = parts + (32 * k);
                TLane c = TLane.Broadcast(_cos + (k * Period) + t), s = TLane.Broadcast(_sin + (k * Period) + t);
                lastRe = TLane.NegatedMultiplyAdd(TLane.Load(part + 24), s, TLane.MultiplyAdd(TLane.Load(part), c, lastRe));
                lastIm = TLane.MultiplyAdd(TLane.Load(part + 16), s, TLane.MultiplyAdd(TLane.Load(part + 8), c, lastIm));
            }
            Put(output + (t * outputStride) + lane, lastRe, lastIm);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(T* target, TLane re, TLane im)
    {
        TLane.Store(re, target);
        TLane.Store(im, target + 8);
    }
}
