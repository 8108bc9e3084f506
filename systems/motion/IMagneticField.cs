using Fmm.Components;

namespace Fmm.Systems;

/// <summary>A magnetic field that depends on place and time. Make it a struct: <see cref="BorisPusher"/> is compiled for it.</summary>
/// <remarks>It is asked from several threads at once and must give the same for the same place and time.</remarks>
public interface IMagneticField
{
    /// <summary>The field at a place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="time">The time.</param>
    MagneticField At(in Position place, double time);
}
