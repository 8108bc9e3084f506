using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The discrete Fourier transforms of M2L for the eight children of an octet at once: the children lie side by side in the
/// lanes, so that every operation serves all eight and no transposition stands between lattice and frequencies.
/// </summary>
/// <remarks>
/// A lattice of p points an axis is transformed with period n = 2p, zero beyond p. Each axis is a sum over the p points that
/// can differ from zero; outputs k and n - k share their products (even and odd part), so an axis costs p^2 multiply-adds of
/// complex by real numbers a line. At p &lt;= 16 that is a few percent of the M2L itself, needs no twiddle passes, no
/// permutations, and holds for every p alike. Frequencies are (kx n + ky)(p + 1) + kz with kz = 0..p: the input is real.
/// </remarks>
internal sealed unsafe class OctetTransform<T, TLane> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    private readonly NativeBuffer<T> _cosine;
    private readonly NativeBuffer<T> _sine;
    private readonly T* _cos;
    private readonly T* _sin;

    public OctetTransform(Ledger ledger, int order)
    {
        Order = order;
        Period = 2 * order;
        _cosine = new NativeBuffer<T>(ledger, "M2L cosines", (order + 1) * Period);
        _sine = new NativeBuffer<T>(ledger, "M2L sines", (order + 1) * Period);
        _cos = _cosine.Pointer;
        _sin = _sine.Pointer;
        for (int k = 0; k <= order; k++)
        {
            for (int j = 0; j < Period; j++)
            {
                (double sin, double cos) = Math.SinCos(2 * Math.PI * (k * j % Period) / Period);
                _cos[(k * Period) + j] = T.CreateTruncating(cos);
                _sin[(k * Period) + j] = T.CreateTruncating(sin);
            }
        }
    }

    /// <summary>Lattice points an axis, p.</summary>
    public int Order { get; }

    /// <summary>Period of the transform, n = 2p.</summary>
    public int Period { get; }

    /// <summary>Numbers of scratch that a transform of a lattice of <paramref name="extent"/> points an axis needs.</summary>
    public int ScratchLength(int extent) => 16 * (Order + 1) * extent * (extent + Period);

    /// <summary>Transforms eight real lattices.</summary>
    /// <param name="lattice">extent^3 points of 8 lanes each.</param>
    /// <param name="extent">p for an expansion, n for a kernel's lattice.</param>
    /// <param name="hollow">True if only the surface of the lattice differs from zero.</param>
    /// <param name="spectrum">Frequency f at f times <paramref name="stride"/>: 8 real parts, then 8 imaginary parts.</param>
    /// <param name="stride">Numbers from one frequency to the next.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> numbers.</param>
    public void Forward(T* lattice, int extent, bool hollow, T* spectrum, nint stride, T* scratch)
    {
        int half = Order + 1;
        T* lines = scratch;
        T* planes = scratch + (16 * extent * extent * half);
        for (int x = 0; x < extent; x++)
        {
            for (int y = 0; y < extent; y++)
            {
                bool inside = hollow && x > 0 && x < extent - 1 && y > 0 && y < extent - 1;
                int line = (x * extent) + y;
                RealLine(lattice + (8 * line * extent), inside ? extent - 1 : 1, extent, lines + (16 * line * half));
            }
        }
        for (int x = 0; x < extent; x++)
        {
            for (int kz = 0; kz < half; kz++)
            {
                Line(lines + (16 * ((x * extent * half) + kz)), 16 * half, extent, planes + (16 * ((x * Period * half) + kz)), 16 * half);
            }
        }
        for (int k = 0; k < Period * half; k++)
        {
            Line(planes + (16 * k), 16 * Period * half, extent, spectrum + (k * stride), Period * half * stride);
        }
    }

    /// <summary>The inverse of <see cref="Forward"/> without its factor 1/n^3, for the lattice's surface only.</summary>
    /// <param name="spectrum">Frequency f at f times <paramref name="stride"/>.</param>
    /// <param name="stride">Numbers from one frequency to the next.</param>
    /// <param name="lattice">p^3 points of 8 lanes each; only points of the surface are written.</param>
    /// <param name="scratch"><see cref="ScratchLength"/>(p) numbers, and 32 n more.</param>
    public void Inverse(T* spectrum, nint stride, T* lattice, T* scratch)
    {
        int half = Order + 1;
        T* planes = scratch;
        T* lines = scratch + (16 * Order * Period * half);
        T* parts = lines + (16 * Order * Order * half);
        for (int k = 0; k < Period * half; k++)
        {
            InverseLine(spectrum + (k * stride), Period * half * stride, planes + (16 * k), 16 * Period * half, parts);
        }
        for (int x = 0; x < Order; x++)
        {
            for (int kz = 0; kz < half; kz++)
            {
                InverseLine(
                    planes + (16 * ((x * Period * half) + kz)), 16 * half, lines + (16 * ((x * Order * half) + kz)), 16 * half, parts);
            }
        }
        for (int x = 0; x < Order; x++)
        {
            for (int y = 0; y < Order; y++)
            {
                bool inside = x > 0 && x < Order - 1 && y > 0 && y < Order - 1;
                int line = (x * Order) + y;
                InverseRealLine(lines + (16 * line * half), inside ? Order - 1 : 1, lattice + (8 * line * Order));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cosine.Dispose();
        _sine.Dispose();
    }

    // Real points (every step-th of them) to the frequencies 0..p of a line.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RealLine(T* input, int step, int extent, T* output)
    {
        for (int lane = 0; lane < 8; lane += TLane.Count)
        {
            for (int k = 0; k <= Order; k++)
            {
                T* cos = _cos + (k * Period);
                T* sin = _sin + (k * Period);
                TLane re = TLane.Zero, im = TLane.Zero;
                for (int j = 0; j < extent; j += step)
                {
                    TLane a = TLane.Load(input + (8 * j) + lane);
                    re = TLane.MultiplyAdd(a, TLane.Broadcast(cos + j), re);
                    im = TLane.NegatedMultiplyAdd(a, TLane.Broadcast(sin + j), im);
                }
                TLane.Store(re, output + (16 * k) + lane);
                TLane.Store(im, output + (16 * k) + 8 + lane);
            }
        }
    }

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

    // Frequencies 0..p of a real line to every step-th of its points 0..p-1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void InverseRealLine(T* input, int step, T* output)
    {
        for (int lane = 0; lane < 8; lane += TLane.Count)
        {
            TLane first = TLane.Load(input + lane), middle = TLane.Load(input + (16 * Order) + lane);
            for (int t = 0; t < Order; t += step)
            {
                TLane sum = TLane.Zero;
                for (int k = 1; k < Order; k++)
                {
                    TLane c = TLane.Broadcast(_cos + (k * Period) + t), s = TLane.Broadcast(_sin + (k * Period) + t);
                    sum = TLane.MultiplyAdd(TLane.Load(input + (16 * k) + lane), c, sum);
                    sum = TLane.NegatedMultiplyAdd(TLane.Load(input + (16 * k) + 8 + lane), s, sum);
                }
                TLane ends = (t & 1) == 0 ? first + middle : first - middle;
                TLane.Store(ends + sum + sum, output + (8 * t) + lane);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(T* target, TLane re, TLane im)
    {
        TLane.Store(re, target);
        TLane.Store(im, target + 8);
    }
}
