using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Two equal vortex rings on one axis, one behind the other, play leapfrog: the front one is widened by the flow of the other and slows down, the rear one narrows, speeds up and slips
/// through (Helmholtz 1858). Thin rings follow Dyson's equations (1893): each goes at Kelvin's speed for its radius and core, whose volume stays, and with the flow that the other makes at its place.
/// The scene integrates both, filaments and Dyson's four numbers, and holds one to the other. The impulse of the fluid stays as it is.
/// </summary>
/// <remarks>The velocity is that of <see cref="RisingRing"/>; so are the cores.</remarks>
public sealed class LeapfroggingRings : MovingScene
{
    private const double Radius = 1, Core = 0.1, Circulation = 1, Apart = 0.6;

    /// <inheritdoc/>
    public override string Name => "leapfrogging-rings";

    /// <inheritdoc/>
    public override string Kernel => BiotSavart.Name;

    /// <inheritdoc/>
    public override string Description => "two vortex rings slip through each other, by Dyson's equations; impulse is kept (1700 points)";

    /// <inheritdoc/>
    public override int DefaultSteps => 130;

    /// <inheritdoc/>
    public override Simulation Build(SceneRequest request)
    {
        VortexRing ring = VortexRing.Of(Radius, Core, Circulation, (request.Count ?? 1700) / 2);
        int count = ring.Filaments * ring.Points;
        double impulse = 2 * Math.PI * Radius * Radius * Circulation;
        return VortexFlow.Of(Name, request, [(ring, 0), (ring, Apart)], request.Steps ?? DefaultSteps, run =>
        [
            new("lead of the ring that began behind", VortexFlow.Height(run.World, 0, count) - VortexFlow.Height(run.World, count, count), Lead(ring, run.Clock.Time), 0.1 * Apart, "Dyson 1893"),
            new("impulse", VortexFlow.Impulse(run.World), impulse, 0.01 * impulse, "2 pi R^2 c"),
        ]);
    }

    /// <summary>The lead of the rear ring after a time by Dyson's equations.</summary>
    private static double Lead(VortexRing ring, double time)
    {
        const int steps = 400;
        double volume = ring.EffectiveCore * ring.EffectiveCore * Radius, h = time / steps;
        // Radius and place of the rear ring, then of the front one.
        double[] at = [Radius, 0, Radius, Apart];
        for (int step = 0; step < steps; step++)
        {
            double[] a = Slope(at), b = Slope(Moved(at, h / 2, a)), c = Slope(Moved(at, h / 2, b)), d = Slope(Moved(at, h, c));
            at = [.. at.Select((value, i) => value + (h / 6 * (a[i] + (2 * b[i]) + (2 * c[i]) + d[i])))];
        }

        return at[1] - at[3];

        double[] Slope(double[] now) => [.. Of(now[0], now[1], now[2], now[3]), .. Of(now[2], now[3], now[0], now[1])];

        double[] Of(double radius, double place, double other, double otherPlace)
        {
            (double outward, double along) = Flow(radius, place - otherPlace, other);
            return [outward, along + (Circulation / (4 * Math.PI * radius) * (Math.Log(8 * radius / Math.Sqrt(volume / radius)) - 0.25))];
        }
    }

    /// <summary>Velocity that a thin ring about the axis makes at a distance from it, by the law of Biot and Savart.</summary>
    private static (double Outward, double Along) Flow(double distance, double place, double radius)
    {
        const int pieces = 400;
        double outward = 0, along = 0;
        for (int i = 0; i < pieces; i++)
        {
            double cosine = Math.Cos(2 * Math.PI * (i + 0.5) / pieces), square = (distance * distance) + (radius * radius) - (2 * distance * radius * cosine) + (place * place);
            double weight = Circulation * radius / (2 * pieces) / (square * Math.Sqrt(square));
            outward += weight * place * cosine;
            along += weight * (radius - (distance * cosine));
        }

        return (outward, along);
    }

    private static double[] Moved(double[] at, double length, double[] slope) => [.. at.Select((value, i) => value + (length * slope[i]))];
}
