using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Fmm.Engine;

/// <summary>
/// The processor's estimate of 1/sqrt(x) as it stands: 14 bits, 6e-5 at most. Without AVX-512, the full digits.
/// </summary>
public readonly struct EstimateRoot : IRoot<Lane512<float>>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<float> Inverse(Lane512<float> x)
    {
        if (!Avx512F.IsSupported) return Lane512<float>.InverseSqrt(x);
        return new(Lane512<float>.ZeroWhereAbsent(x.Value, Avx512F.ReciprocalSqrt14(x.Value)));
    }
}
