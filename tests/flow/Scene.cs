using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;
using Fmm.Tests.Operators;

namespace Fmm.Tests.Flow;

/// <summary>Points and charges to solve for, and the direct sum at some of the targets.</summary>
internal sealed class Scene(Position[] sources, double[] charges, Position[]? targets = null)
{
    public Position[] Sources => sources;

    public double[] Charges => charges;

    public Position[]? Targets => targets;

    public int TargetCount => (targets ?? sources).Length;

    /// <summary>A named distribution with charges in [-0.5, 0.5).</summary>
    public static Scene Of(string cloud, int count, int components = 1, long seed = 1) =>
        new(Points(cloud, count, seed), PointClouds.Charges(count * components, seed));

    /// <summary>Sources of one distribution, targets of another.</summary>
    public static Scene Of(string sources, string targets, int count, int components = 1) => new(
        Points(sources, count, 1), PointClouds.Charges(count * components, 1), Points(targets, (count * 3 / 4) + 1, 2));

    public static Position[] Points(string cloud, int count, long seed) => cloud switch
    {
        "cube" => PointClouds.Draw(default(UnitCube), count, seed),
        "sphere" => PointClouds.Draw(default(UnitSphere), count, seed),
        "plummer" => PointClouds.Draw(default(Plummer), count, seed),
        "squares" => Map(count, seed, (x, y, z) => new Position(x * x, y * y, z * z)),
        "line" => [.. Map(count, seed, (x, _, _) => new Position(x, 0.3, -2)).Select((p, i) => new Position((i + (0.5 * p.X)) / count, p.Y, p.Z))],
        "plane" => Map(count, seed, (x, y, _) => new Position(x, 0.25 - x, y)),
        "far" => Map(count, seed, (x, y, z) => new Position(1e6 + x, y - 2e6, 5e5 + z)),
        "distant" => Map(count, seed, (x, y, z) => new Position(20 + x, y, z - 15)),
        "apart" => Map(count, seed, (x, y, z) => new Position(3 + x, y, z - 0.7)),
        "coincident" => Map(count, seed, (_, _, _) => new Position(0.1, 0.2, 0.3)),
        "corners" => Map(count, seed, (x, y, z) => x < 0.5
            ? new Position(2e-6 * x, 1e-6 * y, 1e-6 * z)
            : new Position(1 - (2e-6 * (1 - x)), 1 - (1e-6 * y), 1 - (1e-6 * z))),
        _ => throw new ArgumentException($"There is no distribution '{cloud}'.", nameof(cloud)),
    };

    public (double[] Potentials, double[] Gradients) Solve<TKernel>(TKernel kernel, FmmOptions options)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        using FmmSolver solver = FmmSolver.Create(kernel, options);
        return Solve<TKernel>(solver, options.Gradient);
    }

    public (double[] Potentials, double[] Gradients) Solve<TKernel>(FmmSolver solver, bool gradient)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        if (targets is null) solver.SetPoints(sources);
        else solver.SetPoints(sources, targets);
        double[] potentials = new double[TargetCount * TKernel.PotentialComponents];
        double[] gradients = new double[gradient ? 3 * potentials.Length : 0];
        solver.Evaluate(charges, potentials, gradients);
        return (potentials, gradients);
    }

    /// <summary>Relative L2 errors of potential and gradient against the direct sum at evenly strided targets.</summary>
    public (double Potential, double Gradient) Error<TKernel>(TKernel kernel, FmmOptions options, int samples = 250)
        where TKernel : unmanaged, IKernel<TKernel> =>
        Error(kernel, Solve(kernel, options), samples);

    public (double Potential, double Gradient) Error<TKernel>(TKernel kernel, (double[] Potentials, double[] Gradients) fields, int samples = 250)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        samples = Math.Min(samples, TargetCount);
        int[] chosen = [.. Enumerable.Range(0, samples).Select(i => (int)((long)TargetCount * i / samples))];
        Position[] at = [.. chosen.Select(i => (targets ?? sources)[i])];
        double potential = DirectField.Error(
            Rows(fields.Potentials, chosen, TKernel.PotentialComponents), DirectField.Of(kernel, sources, charges, at));
        double gradient = fields.Gradients.Length == 0 ? 0 : DirectField.Error(
            Rows(fields.Gradients, chosen, 3 * TKernel.PotentialComponents), DirectField.Of(kernel, sources, charges, at, gradient: true));
        return (potential, gradient);
    }

    private static double[] Rows(double[] field, int[] chosen, int components) =>
        [.. chosen.SelectMany(i => field.AsSpan(i * components, components).ToArray())];

    private static Position[] Map(int count, long seed, Func<double, double, double, Position> map) =>
        [.. PointClouds.Draw(default(UnitCube), count, seed).Select(p => map(p.X, p.Y, p.Z))];
}
