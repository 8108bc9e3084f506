using Fmm.Components;
using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// A ball with the charge Q spread evenly in it, as so many points. By Gauss's law the field at the distance r from its centre is that of the charge further in: Q r / (4 pi R^3)
/// inside, Q / (4 pi r^2) outside; the potential is Q (3 R^2 - r^2) / (8 pi R^3) inside (Griffiths 2017, Introduction to Electrodynamics, examples 2.3 and 2.8; eps_0 = 1).
/// </summary>
/// <remarks>
/// Between the points the field is no smooth ball's: what next neighbours add to it has a spread that no number of targets averages away (Holtsmark 1919), but no direction. The median over a
/// sphere about the centre is free of it.
/// </remarks>
public sealed class ChargedBall : StillScene
{
    private const double Radius = 1, Charge = 4 * Math.PI;
    private const int Targets = 2000;

    /// <inheritdoc/>
    public override string Name => "ball";

    /// <inheritdoc/>
    public override string Description => "the field in and about a uniformly charged ball, by Gauss's law (100000 charges)";

    /// <inheritdoc/>
    public override bool RunsOverRanks => true;

    /// <inheritdoc/>
    public override SceneResult Compute(SceneRequest request)
    {
        int count = request.Count ?? 100_000;
        FmmOptions options = Options(request, default(Laplace), count) with { Gradient = true };
        (long first, long own) = new RowShare(request.Ranks.Rank, request.Ranks.Count).Of(count);
        Position[] sources = EvenBall.Draw(first, (int)own, request.Seed);
        double[] charges = new double[own], radii = [Radius / 2, 2 * Radius];
        Array.Fill(charges, Charge / count);

        // The centre first, then a sphere inside and one outside.
        Position[] targets = [default, .. radii.SelectMany(radius => SphereSpiral.Of(Targets, radius, request.Seed))];
        Position[] ownTargets = request.Ranks.Share(targets);
        double[] potentials = new double[ownTargets.Length], gradients = new double[3 * ownTargets.Length];
        using FmmSolver solver = FmmSolver.Create(default(Laplace), options, request.Ranks);
        solver.SetPoints(sources, ownTargets);
        solver.Evaluate(charges, potentials, gradients, cancellation: request.Cancellation);
        (potentials, gradients) = (request.Ranks.All(potentials), request.Ranks.All(gradients));

        // Points are no smooth ball: what is left of that falls with their distance squared.
        double grain = Math.Max(3e-3, 5 / Math.Cbrt((double)count * count)), accuracy = Math.Max(1e-3, Accuracy(options.Precision, solver.Report.Order));
        double inside = Charge * radii[0] / (4 * Math.PI * Math.Pow(Radius, 3)), outside = Charge / (4 * Math.PI * radii[1] * radii[1]), centre = 3 * Charge / (8 * Math.PI * Radius);
        return new SceneResult(
            [("charges", count), ("targets", targets.Length), ("order", solver.Report.Order), ("threads", options.Threads)],
            [
                new("potential at the centre", potentials[0], centre, grain * centre, "the integral of q/(4 pi r) over the ball"),
                new("field at half the radius, median over a sphere", Outward(1, radii[0]), inside, grain * inside, "Gauss's law"),
                new("field at twice the radius, median over a sphere", Outward(1 + Targets, radii[1]), outside, accuracy * outside, "Gauss's law"),
            ])
        {
            Ranks = solver.GatherRanks(),
        };

        // The field is minus the gradient.
        double Outward(int first, double radius)
        {
            double[] outward = [.. Enumerable.Range(first, Targets).Select(i =>
                -((targets[i].X * gradients[3 * i]) + (targets[i].Y * gradients[(3 * i) + 1]) + (targets[i].Z * gradients[(3 * i) + 2])) / radius)];
            Array.Sort(outward);
            return outward[Targets / 2];
        }
    }
}
