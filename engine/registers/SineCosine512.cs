using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fmm.Engine;

/// <summary>
/// sin(x) and cos(x) together in registers of 512 bits: x = n pi/2 + r with pi/2 in two parts, polynomials of r, and the quadrant n by the low bits
/// of n itself. The platform's own is a call that empties all registers of the loop around it, as its exponential is.
/// </summary>
/// <remarks>
/// Polynomials interpolate at Chebyshev's points of |r| up to pi/4, with as many terms as the digits that are asked for: one that is kept to 9e-9, as
/// roots of one Newton step are, needs seven in place of twelve. Arguments beyond <see cref="Largest"/> or <see cref="LargestSingle"/> are taken as
/// these: no sine of them has a digit, but all are numbers.
/// </remarks>
internal static class SineCosine512
{
    /// <summary>The largest argument in double precision.</summary>
    public const double Largest = 1L << 48;

    /// <summary>The largest argument in single precision.</summary>
    public const float LargestSingle = 1 << 20;

    /// <summary>Sines and cosines in single precision.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="full">Whether to all digits; else to 5e-6.</param>
    /// <param name="sine">Receives sin(x).</param>
    /// <param name="cosine">Receives cos(x).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of(Vector512<float> x, bool full, out Vector512<float> sine, out Vector512<float> cosine)
    {
        x = Vector512.MinNative(Vector512.MaxNative(x, Vector512.Create(-LargestSingle)), Vector512.Create(LargestSingle));
        if (!Avx512F.IsSupported)
        {
            (sine, cosine) = Vector512.SinCos(x);
            return;
        }
        Vector512<float> shift = Vector512.Create(1.5f * (1 << 23)), turned = Avx512F.FusedMultiplyAdd(x, Vector512.Create(0.63661977f), shift), n = turned - shift;
        Vector512<float> r = Avx512F.FusedMultiplyAddNegated(n, Vector512.Create(1.5707963705062866f), x);
        r = Avx512F.FusedMultiplyAddNegated(n, Vector512.Create(-4.371138828673793e-8f), r);
        Vector512<float> u = r * r, s, c;
        if (full)
        {
            s = Fma(Fma(Vector512.Create(-1.9587840521305324e-4f), u, 8.332748037517147e-3f), u, -1.6666664661114838e-1f);
            c = Fma(Fma(Vector512.Create(2.454789161981386e-5f), u, -1.3888302802309161e-3f), u, 4.166666465830042e-2f);
        }
        else
        {
            s = Fma(Vector512.Create(8.211831392317737e-3f), u, -1.666573062855804e-1f);
            c = Fma(Vector512.Create(-1.3736783827329247e-3f), u, 4.166549461300999e-2f);
        }
        s = Avx512F.FusedMultiplyAdd(r * u, s, r);
        c = Avx512F.FusedMultiplyAdd(u * u, c, Fma(u, Vector512.Create(-0.5f), 1f));
        Vector512<int> quadrant = turned.AsInt32();
        Vector512<float> odd = Vector512.LessThan(quadrant << 31, Vector512<int>.Zero).AsSingle();
        sine = Vector512.ConditionalSelect(odd, c, s) ^ ((quadrant & Vector512.Create(2)) << 30).AsSingle();
        cosine = Vector512.ConditionalSelect(odd, s, c) ^ (((quadrant + Vector512<int>.One) & Vector512.Create(2)) << 30).AsSingle();
    }

    /// <summary>Sines and cosines in double precision.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="terms">Terms of the sine's polynomial: 4 is 8e-10, 5 is 9e-13, 6 all digits.</param>
    /// <param name="sine">Receives sin(x).</param>
    /// <param name="cosine">Receives cos(x).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of(Vector512<double> x, int terms, out Vector512<double> sine, out Vector512<double> cosine)
    {
        x = Vector512.MinNative(Vector512.MaxNative(x, Vector512.Create(-Largest)), Vector512.Create(Largest));
        if (!Avx512F.IsSupported)
        {
            (sine, cosine) = Vector512.SinCos(x);
            return;
        }
        Vector512<double> shift = Vector512.Create(1.5 * (1L << 52)), turned = Avx512F.FusedMultiplyAdd(x, Vector512.Create(0.6366197723675814), shift), n = turned - shift;
        Vector512<double> r = Avx512F.FusedMultiplyAddNegated(n, Vector512.Create(1.5707963267948966), x);
        r = Avx512F.FusedMultiplyAddNegated(n, Vector512.Create(6.123233995736766e-17), r);
        Vector512<double> u = r * r, s, c;
        if (terms == 4)
        {
            s = Fma(Fma(Fma(Vector512.Create(2.7249864655139585e-6), u, -1.9840086263755443e-4), u, 8.333331873837089e-3), u, -1.6666666663853044e-1);
            c = Fma(Fma(Vector512.Create(2.454789161981386e-5), u, -1.3888302802309161e-3), u, 4.166666465830042e-2);
        }
        else if (terms == 5)
        {
            s = Fma(Fma(Fma(Fma(Vector512.Create(-2.4805587179980646e-8), u, 2.7555990399839905e-6), u, -1.984126691523504e-4), u, 8.333333331077422e-3), u, -1.6666666666663882e-1);
            c = Fma(Fma(Fma(Vector512.Create(-2.7300908167996537e-7), u, 2.480059998353171e-5), u, -1.3888887671288108e-3), u, 4.166666666431933e-2);
        }
        else
        {
            s = Fma(Fma(Fma(Vector512.Create(1.591810123027412e-10), u, -2.5051131455427946e-8), u, 2.755731610068303e-6), u, -1.984126983675497e-4);
            s = Fma(Fma(s, u, 8.333333333330946e-3), u, -1.6666666666666666e-1);
            c = Fma(Fma(Fma(Vector512.Create(-1.1382614868556325e-11), u, 2.0876146024689747e-9), u, -2.7557317270560326e-7), u, 2.4801587298763433e-5);
            c = Fma(Fma(c, u, -1.3888888888887395e-3), u, 4.1666666666666664e-2);
        }
        s = Avx512F.FusedMultiplyAdd(r * u, s, r);
        c = Avx512F.FusedMultiplyAdd(u * u, c, Fma(u, Vector512.Create(-0.5), 1));
        Vector512<long> quadrant = turned.AsInt64();
        Vector512<double> odd = Vector512.LessThan(quadrant << 63, Vector512<long>.Zero).AsDouble();
        sine = Vector512.ConditionalSelect(odd, c, s) ^ ((quadrant & Vector512.Create(2L)) << 62).AsDouble();
        cosine = Vector512.ConditionalSelect(odd, s, c) ^ (((quadrant + Vector512<long>.One) & Vector512.Create(2L)) << 62).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, float c) => Avx512F.FusedMultiplyAdd(a, b, Vector512.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Fma(Vector512<double> a, Vector512<double> b, double c) => Avx512F.FusedMultiplyAdd(a, b, Vector512.Create(c));
}
