using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Points as no octree likes them: on a line, in a plane, in two clusters far apart, a cloud with outliers, in layers of ever smaller distances, all in one place; and in units of 1e-300 and
/// 1e300. The potential q / (4 pi r) is the sum over all pairs whatever they look like, so each is held to direct sums; where all points are in one place, a pair at distance zero
/// contributes nothing and the sum is 0.
/// </summary>
public sealed class Hostile : StillScene
{
    private const int Sums = 200;

    /// <inheritdoc/>
    public override string Name => "hostile";

    /// <inheritdoc/>
    public override string Description => "lines, planes, far clusters, outliers, one place, units of 1e-300 and 1e300: errors (10000 each)";

    /// <inheritdoc/>
    public override SceneResult Compute(SceneRequest request)
    {
        int count = request.Count ?? 10_000;
        FmmOptions options = Options(request, default(Laplace), count);
        Position[] cube = PointClouds.Draw(default(UnitCube), count, request.Seed, request.Cancellation);
        double[] charges = PointClouds.Charges(count, request.Seed, request.Cancellation), potentials = new double[count];
        using FmmSolver solver = FmmSolver.Create(default(Laplace), options);
        List<SceneCheck> checks = [];
        foreach ((string name, Position[] points) in Distributions(cube))
        {
            solver.SetPoints(points);
            solver.Evaluate(charges, potentials, cancellation: request.Cancellation);
            checks.Add(new($"{name}, error", solver.Verify(Sums, request.Cancellation).PotentialL2, 0, Accuracy(options, solver.Report.Order), "direct sums"));
        }

        solver.SetPoints([.. cube.Select(_ => cube[0])]);
        solver.Evaluate(charges, potentials, cancellation: request.Cancellation);
        checks.Add(new("all in one place, largest potential", potentials.Max(Math.Abs), 0, 0, "a pair at distance zero"));
        return new SceneResult([("points", count), ("order", solver.Report.Order), ("threads", options.Threads)], checks);
    }

    private static IEnumerable<(string Name, Position[] Points)> Distributions(Position[] cube)
    {
        return
        [
            ("on a line", Each((at, _) => new(at.X, 0, 0))),
            ("in a plane aslant", Each((at, _) => new(at.X, at.Y, at.X + (at.Y / 3)))),
            ("two clusters 1e6 apart", Each((at, i) => new(at.X + (i % 2 * 1e6), at.Y, at.Z))),
            ("a cloud and ten outliers", Each((at, i) => i < 10 ? Times(at, Math.Pow(10, i)) : at)),
            ("ever denser towards a corner", Each((at, i) => Times(at, Math.Pow(2, -i % 30)))),
            ("ten in each place", Each((_, i) => cube[i / 10])),
            ("in units of 1e-300", Each((at, _) => Times(at, 1e-300))),
            ("in units of 1e300", Each((at, _) => Times(at, 1e300))),
        ];

        Position[] Each(Func<Position, int, Position> place) => [.. cube.Select(place)];
    }

    private static Position Times(in Position at, double scale) => new(scale * at.X, scale * at.Y, scale * at.Z);
}
