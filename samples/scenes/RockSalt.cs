using Fmm.Components;
using Fmm.Engine;
using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Rock salt, NaCl: ions of either kind in turn along all three axes, in a box that repeats. An ion of charge q at the distance d from its nearest neighbours has the potential
/// -M q / (4 pi eps_0 d), with Madelung's constant M = 1.747564594633182 (Borwein, Borwein and Taylor 1985, Journal of Mathematical Physics 26, 2999): the sum over all ions
/// converges only because the charges cancel.
/// </summary>
public sealed class RockSalt : StillScene
{
    private const double Madelung = 1.747564594633182;

    /// <inheritdoc/>
    public override string Name => "nacl";

    /// <inheritdoc/>
    public override string Description => "a rock salt lattice in a periodic box: Madelung's constant (32768 ions)";

    /// <inheritdoc/>
    public override bool RunsOverRanks => true;

    /// <inheritdoc/>
    public override SceneResult Compute(SceneRequest request)
    {
        // A cell of the lattice has eight ions; the box has the whole number of cells along an edge that comes next.
        int cells = Math.Max(1, (int)Math.Round(Math.Cbrt((request.Count ?? 32_768) / 8.0))), edge = 2 * cells, count = edge * edge * edge;
        FmmOptions options = Options(request, default(Laplace), count) with { Periodic = PeriodicBox.Cube(1) };
        Xoshiro256 random = new(request.Seed);
        (double x, double y, double z, double distance) = (random.Unit(), random.Unit(), random.Unit(), 1.0 / edge);
        (long first, long own) = new RowShare(request.Ranks.Rank, request.Ranks.Count).Of(count);
        Position[] ions = new Position[own];
        double[] charges = new double[own], potentials = new double[own];
        for (int i = 0; i < own; i++)
        {
            int ion = (int)first + i;
            (int a, int b, int c) = (ion % edge, ion / edge % edge, ion / edge / edge);
            ions[i] = new Position(x + (a * distance), y + (b * distance), z + (c * distance));
            charges[i] = (a + b + c) % 2 == 0 ? 1 : -1;
        }

        using FmmSolver solver = FmmSolver.Create(default(Laplace), options, request.Ranks);
        solver.SetPoints(ions);
        solver.Evaluate(charges, potentials, cancellation: request.Cancellation);
        double[] found = [.. potentials.Zip(charges, (potential, charge) => -4 * Math.PI * distance * potential * charge)];
        double mean = request.Ranks.Sum(found.Sum()) / count, farthest = request.Ranks.Gather(found.Append(Madelung).MaxBy(one => Math.Abs(one - Madelung))).MaxBy(one => Math.Abs(one - Madelung));
        double tolerance = Accuracy(options.Precision, solver.Report.Order);
        return new SceneResult(
            [("ions", count), ("cells", cells * cells * cells), ("order", solver.Report.Order), ("threads", options.Threads), ("madelung", mean)],
            [
                new("Madelung's constant, mean of all ions", mean, Madelung, tolerance, "Borwein, Borwein and Taylor 1985"),
                new("the ion that is farthest off it", farthest, Madelung, 10 * tolerance, "Borwein, Borwein and Taylor 1985"),
            ])
        {
            Ranks = solver.GatherRanks(),
        };
    }
}
