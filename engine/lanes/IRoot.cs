namespace Fmm.Engine;

/// <summary>A way to compute reciprocal square roots; see <see cref="RootLane{TLane, T, TRoot}"/>.</summary>
/// <typeparam name="TLane">The register type.</typeparam>
public interface IRoot<TLane>
    where TLane : unmanaged
{
    /// <summary>1/sqrt(x), and 0 where x is below the smallest normal number, to as many digits as this way gives.</summary>
    static abstract TLane Inverse(TLane x);
}
