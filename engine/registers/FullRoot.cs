using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fmm.Engine;

/// <summary>All digits of the working precision, as <see cref="Register512{T}"/> has them.</summary>
internal readonly struct FullRoot : IRoot<float>, IRoot<double>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Inverse(Vector512<float> x) => Register512<float>.ZeroWhereAbsent(x, InverseApart(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Inverse(Vector512<double> x) => Register512<double>.ZeroWhereAbsent(x, InverseApart(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> InverseApart(Vector512<float> x) => Register512<float>.InverseSqrtApart(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> InverseApart(Vector512<double> x) => Register512<double>.InverseSqrtApart(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCos(Vector512<float> x, out Vector512<float> sine, out Vector512<float> cosine) => SineCosine512.Of(x, true, out sine, out cosine);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCos(Vector512<double> x, out Vector512<double> sine, out Vector512<double> cosine) => SineCosine512.Of(x, 6, out sine, out cosine);
}
