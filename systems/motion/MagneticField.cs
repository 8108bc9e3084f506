using Fmm.Components;

namespace Fmm.Systems;

/// <summary>A magnetic field at a place, and, where one is asked for everywhere, the uniform field of that strength. A body of velocity v is accelerated by
/// charge / mass times v x B: where neither is named, B is the frequency of gyration.</summary>
/// <param name="X">Component along x.</param>
/// <param name="Y">Component along y.</param>
/// <param name="Z">Component along z.</param>
public readonly record struct MagneticField(double X, double Y, double Z) : IMagneticField
{
    /// <inheritdoc/>
    public MagneticField At(in Position place, double time) => this;
}
