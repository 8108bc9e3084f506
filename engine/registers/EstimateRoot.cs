using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fmm.Engine;

/// <summary>
/// The processor's estimate of 1/sqrt(x) as it stands: 14 bits, 6e-5 at most. Without AVX-512, the full digits.
/// </summary>
internal readonly struct EstimateRoot : IRoot<float>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Inverse(Vector512<float> x) => Register512<float>.ZeroWhereAbsent(x, InverseApart(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> InverseApart(Vector512<float> x) =>
        Avx512F.IsSupported ? Avx512F.ReciprocalSqrt14(x) : Register512<float>.InverseSqrtApart(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCos(Vector512<float> x, out Vector512<float> sine, out Vector512<float> cosine) => SineCosine512.Of(x, false, out sine, out cosine);
}
