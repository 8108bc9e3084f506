using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>
/// A vortex ring as a bundle of closed filaments, each a ring of points with a piece of the filament's circulation (<see cref="FilamentPoint"/>), spread evenly over a round core.
/// </summary>
/// <param name="Radius">Radius R of the ring.</param>
/// <param name="Core">Radius a of its core, small against R.</param>
/// <param name="Circulation">Its circulation.</param>
/// <param name="Shells">Filaments are 1 + 6 + 12 + ... of so many shells beside the middle one.</param>
/// <param name="Points">Points of a filament.</param>
public sealed record VortexRing(double Radius, double Core, double Circulation, int Shells, int Points)
{
    // A filament as points, its own point left out of a point's sum, moves as one with a round core of uniform vorticity of that radius over the points' distance: the sum of
    // 1/sin(pi j/N) over j = 1..N-1 is (2 N/pi) (ln(2 N/pi) + gamma) for many points, against the ring's ln(8 R/a) - 1/4.
    private const double EulerGamma = 0.5772156649015329;
    private static readonly double _coreOfPoints = 2 * Math.Exp(-EulerGamma - 0.25);

    /// <summary>Number of filaments.</summary>
    public int Filaments => 1 + (3 * Shells * (Shells + 1));

    /// <summary>The ring with the most filaments that so many points can carry: along a filament they are to stand closer than filaments do.</summary>
    /// <param name="radius">Radius of the ring.</param>
    /// <param name="core">Radius of its core.</param>
    /// <param name="circulation">Its circulation.</param>
    /// <param name="count">Points; the ring has at most as many, and eight at least.</param>
    public static VortexRing Of(double radius, double core, double circulation, int count)
    {
        VortexRing ring = new(radius, core, circulation, 0, Math.Max(8, count));
        for (int shells = 1; shells <= 8; shells++)
        {
            VortexRing more = ring with { Shells = shells };
            more = more with { Points = count / more.Filaments };
            if (more.Points * core < 4.4 * radius * Math.Sqrt(more.Filaments)) break;
            ring = more;
        }

        return ring;
    }

    /// <summary>
    /// The radius of the round core of uniform vorticity that the ring moves like, from the mean logarithm of the distances in its core: those of filaments, and of each filament to
    /// itself the core that its points have.
    /// </summary>
    public double EffectiveCore
    {
        get
        {
            (double, double)[] places = Places();
            double own = _coreOfPoints * 2 * Math.PI * Radius / Points * Math.Exp(-0.25), sum = 0;
            foreach ((double X, double Z) a in places)
            {
                foreach ((double X, double Z) b in places) sum += Math.Log(a == b ? own : Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Z - b.Z) * (a.Z - b.Z))));
            }

            // Of a round core the mean logarithm of the distance is ln(a) - 1/4.
            return Math.Exp((sum / places.Length / places.Length) + 0.25);
        }
    }

    /// <summary>Its speed by Kelvin's formula, circulation / (4 pi R) (ln(8 R/a) - 1/4) with the effective core a (Saffman 1992, Vortex Dynamics, section 10.2).</summary>
    public double Speed => Circulation / (4 * Math.PI * Radius) * (Math.Log(8 * Radius / EffectiveCore) - 0.25);

    /// <summary>A step that the core's turning and the fastest waves along a filament bear: a fraction of their time.</summary>
    public double Step
    {
        get
        {
            double distance = 2 * Math.PI * Radius / Points, turning = Filaments == 1 ? 0 : Circulation / (2 * Math.PI * Core * Core);
            return 0.8 / Math.Max(turning, Circulation / Filaments * Math.PI / (4 * distance * distance));
        }
    }

    /// <summary>Makes its points, filament by filament.</summary>
    /// <param name="world">Where.</param>
    /// <param name="signature">Their components, <see cref="Position"/> and <see cref="FilamentPoint"/> among them.</param>
    /// <param name="height">The ring's place on the z axis, along which it goes.</param>
    /// <param name="turn">Angle of the first point about that axis.</param>
    public void Create(World world, Signature signature, double height, double turn)
    {
        ArgumentNullException.ThrowIfNull(world);
        foreach ((double x, double z) in Places())
        {
            Entity[] points = new Entity[Points];
            world.Create(points, signature);
            int first = world.GetRow(points[0]);
            for (int i = 0; i < Points; i++)
            {
                (double sine, double cosine) = Math.SinCos(turn + (2 * Math.PI * i / Points));
                world.Set(points[i], new Position((Radius + x) * cosine, (Radius + x) * sine, height + z));
                world.Set(points[i], new FilamentPoint(first + ((i + Points - 1) % Points), first + ((i + 1) % Points), Circulation / Filaments));
            }
        }
    }

    /// <summary>Filaments across the core, outward and along the axis: shells of equal shares of its area, each at the radius that halves its share.</summary>
    private (double X, double Z)[] Places()
    {
        List<(double, double)> places = [(0, 0)];
        for (int shell = 1; shell <= Shells; shell++)
        {
            int inner = places.Count, many = 6 * shell;
            double radius = Core * Math.Sqrt((inner + (many / 2.0)) / Filaments);
            for (int i = 0; i < many; i++)
            {
                (double sine, double cosine) = Math.SinCos(2 * Math.PI * (i + (shell / 2.0)) / many);
                places.Add((radius * cosine, radius * sine));
            }
        }

        return [.. places];
    }
}
