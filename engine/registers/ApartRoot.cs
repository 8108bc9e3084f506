using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fmm.Engine;

/// <summary>A root for points that are known to lie apart, or whose sums are looked at afterwards: it does not look for zeros.</summary>
/// <typeparam name="T">The number in a lane.</typeparam>
/// <typeparam name="TRoot">The way to the root.</typeparam>
internal readonly struct ApartRoot<T, TRoot> : IRoot<T>
    where T : unmanaged
    where TRoot : struct, IRoot<T>
{
    /// <summary>1/sqrt(x) of a normal number; not finite at 0, or 0 where <typeparamref name="TRoot"/> gives nothing faster.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Inverse(Vector512<T> x) => TRoot.InverseApart(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> InverseApart(Vector512<T> x) => TRoot.InverseApart(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCos(Vector512<T> x, out Vector512<T> sine, out Vector512<T> cosine) => TRoot.SinCos(x, out sine, out cosine);
}
