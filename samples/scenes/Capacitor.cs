using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// A capacitor of two round plates of radius 1, half a radius apart, one at the potential 1, the other at -1. The charge on them solves a boundary integral equation of the first kind, the
/// potential of all panels being +-1 at each panel's middle. Love's integral equation has the exact capacitance (Love 1949, Quarterly Journal of Mechanics and Applied Mathematics 2, 428):
/// C / (4 pi eps_0) is 1/(2 pi) times the integral over -1..1 of f, where f(x) = 1 + (1/pi) times the integral of f(y) d / (d^2 + (x - y)^2). Without the edges it
/// would be 1/(4 d); Kirchhoff's correction
/// for them, (1 + d/pi (ln(16 pi/d) - 1)) / (4 d), is good where plates are closer.
/// </summary>
public sealed class Capacitor : StillScene
{
    private const double Distance = 0.5;
    private const int Nodes = 64;

    /// <inheritdoc/>
    public override string Name => "capacitor";

    /// <inheritdoc/>
    public override string Description => "two round plates, half a radius apart, by boundary integrals: Love's capacitance (3000 panels)";

    /// <inheritdoc/>
    public override SceneResult Compute(SceneRequest request)
    {
        int least = request.Count ?? 3000;
        FmmOptions options = Options(request, default(Laplace), 2 * least, numbers: 500);
        Turn turn = new(request.Seed);
        Panel[] upper = turn.Of(DiscMesh.Of(least / 2, Distance / 2)), lower = turn.Of(DiscMesh.Of(least / 2, -Distance / 2));
        using SingleLayer layer = new([.. upper, .. lower], options);
        double[] sides = [.. upper.Select(_ => 1.0), .. lower.Select(_ => -1.0)], charges = new double[sides.Length];
        (int products, double residual) = Gmres.Solve(Multiply, sides, 1e-6, 100, charges);
        Array.Clear(charges, upper.Length, lower.Length);
        double found = layer.Charge(charges) / (4 * Math.PI) / 2, love = Love(), kirchhoff = (1 + (Distance / Math.PI * (Math.Log(16 * Math.PI / Distance) - 1))) / (4 * Distance);
        return new SceneResult(
            [
                ("panels", sides.Length), ("distance", Distance), ("order", layer.Order), ("threads", options.Threads), ("products", products), ("residual", residual),
                ("capacitance", found), ("without_edges", 1 / (4 * Distance)), ("by_kirchhoff", kirchhoff),
            ],
            [
                // One charge a panel: what is off falls with their number.
                new("capacitance over 4 pi eps_0", found, love, 8.0 / sides.Length * love, "Love 1949"),
            ]);

        void Multiply(ReadOnlySpan<double> x, Span<double> y)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            layer.Multiply(x, y);
        }
    }

    /// <summary>Love's equation by Gauss and Legendre's rule, which is exact to rounding here: the kernel is smooth over a distance of half the interval's half.</summary>
    private static double Love()
    {
        (double[] x, double[] w) = Rule(Nodes);
        double[] f = new double[Nodes];
        Array.Fill(f, 1);
        // The kernel's norm is (2/pi) atan(1/d) < 1, so that this settles.
        for (int round = 0; round < 200; round++)
        {
            f = [.. x.Select(at => 1 + (x.Select((from, j) => w[j] * f[j] * Distance / ((Distance * Distance) + ((at - from) * (at - from)))).Sum() / Math.PI))];
        }

        return f.Zip(w, (value, weight) => value * weight).Sum() / (2 * Math.PI);
    }

    /// <summary>Nodes and weights of Gauss and Legendre on -1..1, by Newton's method on the Legendre polynomial.</summary>
    private static (double[] X, double[] W) Rule(int count)
    {
        double[] x = new double[count], w = new double[count];
        for (int i = 0; i < count; i++)
        {
            x[i] = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            for (int round = 0; round < 10; round++)
            {
                (double p, double before) = (1, 0);
                for (int k = 1; k <= count; k++) (p, before) = ((((2 * k) - 1) * x[i] * p - ((k - 1) * before)) / k, p);
                double slope = count * ((x[i] * p) - before) / ((x[i] * x[i]) - 1);
                x[i] -= p / slope;
                w[i] = 2 / ((1 - (x[i] * x[i])) * slope * slope);
            }
        }

        return (x, w);
    }
}
