using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fmm.Engine;

/// <summary>
/// exp(x) in registers of 512 bits: x = n ln 2 + r, exp(r) by a polynomial, times 2^n by an instruction that knows the range. The platform's own
/// is a call that empties all registers of the loop around it, and takes single precision through double: Yukawa's near pairs took
/// five times as long with it.
/// </summary>
internal static class Exponential512
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Exp(x);
        x = Vector512.MinNative(Vector512.MaxNative(x, Vector512.Create(-104f)), Vector512.Create(128f));
        Vector512<float> n = Avx512F.RoundScale(x * Vector512.Create(1.44269504f), 0);
        Vector512<float> r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-0.693359375f), x);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(2.12194440e-4f), r);
        // Coefficients of Cephes' expf (Moshier 1989).
        Vector512<float> p = Vector512.MultiplyAddEstimate(Vector512.Create(1.9875691500e-4f), r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(5.0000001201e-1f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1f));
        return Avx512F.Scale(p, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> x)
    {
        if (!Avx512F.IsSupported) return Vector512.Exp(x);
        x = Vector512.MinNative(Vector512.MaxNative(x, Vector512.Create(-746.0)), Vector512.Create(1024.0));
        Vector512<double> n = Avx512F.RoundScale(x * Vector512.Create(1.4426950408889634), 0);
        Vector512<double> r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-6.93145751953125e-1), x);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-1.42860682030941723212e-6), r);
        // Taylor's series to r^13: |r| is at most ln 2 / 2, and what is left 4e-18.
        Vector512<double> p = Vector512.MultiplyAddEstimate(Vector512.Create(1.0 / 6227020800), r, Vector512.Create(1.0 / 479001600));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.0 / 39916800));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.0 / 3628800));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.0 / 362880));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.0 / 40320));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.0 / 5040));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.0 / 720));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.0 / 120));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.0 / 24));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.0 / 6));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(0.5));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.0));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.0));
        return Avx512F.Scale(p, n);
    }
}
