using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// A vortex ring, as of smoke, carries itself along its axis. Its core is a bundle of closed filaments which go with the fluid and keep their circulation (Helmholtz); the velocity
/// is Biot's and Savart's, w x d / (4 pi r^3) summed over all pieces of all filaments. A thin ring of radius R, circulation c and a round core of radius a with uniform vorticity goes at
/// Kelvin's c / (4 pi R) (ln(8 R/a) - 1/4), but for terms of (a/R)^2 (Saffman 1992, Vortex Dynamics, section 10.2).
/// </summary>
/// <remarks>
/// Nothing is smoothed: a piece of filament leaves itself out of its sum, which makes it a filament with a core of 0.87 of the distance of its points. The core that the formula takes is the one
/// that this bundle has, which is told: the mean logarithm of all distances in it (<see cref="VortexRing.EffectiveCore"/>).
/// </remarks>
public sealed class RisingRing : MovingScene
{
    private const double Radius = 1, Core = 0.1, Circulation = 1;

    /// <inheritdoc/>
    public override string Name => "vortex-ring";

    /// <inheritdoc/>
    public override string Kernel => BiotSavart.Name;

    /// <inheritdoc/>
    public override string Description => "a vortex ring carries itself along: Kelvin's speed (4000 points on filaments)";

    /// <inheritdoc/>
    public override int DefaultSteps => 30;

    /// <inheritdoc/>
    public override Simulation Build(SceneRequest request)
    {
        VortexRing ring = VortexRing.Of(Radius, Core, Circulation, request.Count ?? 4000);
        int count = ring.Filaments * ring.Points;
        double impulse = Math.PI * Radius * Radius * Circulation;
        return VortexFlow.Of(Name, request, [(ring, 0)], request.Steps ?? DefaultSteps, run =>
        [
            new("speed", VortexFlow.Height(run.World, 0, count) / run.Clock.Time, ring.Speed, 0.02 * ring.Speed, "Kelvin, c/(4 pi R) (ln(8 R/a) - 1/4)"),
            // The core counts by (a/R)^2, and chords for arcs.
            new("impulse", VortexFlow.Impulse(run.World), impulse, 0.01 * impulse, "pi R^2 c"),
        ]);
    }
}
