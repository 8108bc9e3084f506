using System.Runtime.Intrinsics;

namespace Fmm.Engine;

/// <summary>A way to compute reciprocal square roots, and sines of as many digits; see <see cref="RootRegister512{T, TRoot}"/>.</summary>
/// <typeparam name="T">The number in a lane.</typeparam>
internal interface IRoot<T>
    where T : unmanaged
{
    /// <summary>1/sqrt(x), and 0 where x is below the smallest normal number, to as many digits as this way gives.</summary>
    static abstract Vector512<T> Inverse(Vector512<T> x);

    /// <summary>The same where x is a normal number; where x is 0, an infinity or not a number, if that is faster to give.</summary>
    static abstract Vector512<T> InverseApart(Vector512<T> x);

    /// <summary>sin(x) and cos(x) to as many digits as the root has.</summary>
    static abstract void SinCos(Vector512<T> x, out Vector512<T> sine, out Vector512<T> cosine);
}
