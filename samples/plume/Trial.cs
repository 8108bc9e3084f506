using Fmm.Components;
using Fmm.Systems;

namespace Plumes;

/// <summary>What there is to know of a kernel before it is relied on: whether it is what it declares, how its error falls with the order, how fast its near field runs.</summary>
public static class Trial
{
    /// <summary>The relative error of potential and gradient against direct sums, for charges in a cube.</summary>
    public static FieldError Error<TKernel>(TKernel kernel, int points, int order)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        using FmmSolver solver = Evaluated(kernel, points, new FmmOptions { Order = order, LeafCapacity = 60, Gradient = true });
        return solver.Verify(500);
    }

    /// <summary>Pairs a second of the near field: the fastest of some runs. <see cref="SystemWork.Pairs"/> counts a target and a source.</summary>
    public static double NearRate<TKernel>(TKernel kernel, int points)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        double[] charges = Charges(points), potentials = new double[points];
        using FmmSolver solver = Evaluated(kernel, points, new FmmOptions { Order = 6, LeafCapacity = 300 });
        double fastest = double.PositiveInfinity;
        for (int run = 0; run < 5; run++)
        {
            solver.Evaluate(charges, potentials);
            fastest = Math.Min(fastest, solver.Report.Seconds.BySystem.Single(one => one.Key == nameof(P2P)).Value);
        }

        return solver.Report.Work.Single(one => one.System == nameof(P2P)).Pairs / fastest;
    }

    private static FmmSolver Evaluated<TKernel>(TKernel kernel, int points, FmmOptions options)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        Random random = new(1);
        Position[] places = [.. Enumerable.Range(0, points).Select(_ => new Position(random.NextDouble(), random.NextDouble(), random.NextDouble()))];
        FmmSolver solver = FmmSolver.Create(kernel, options);
        solver.SetPoints(places);
        solver.Evaluate(Charges(points), new double[points], new double[options.Gradient ? 3 * points : 0]);
        return solver;
    }

    private static double[] Charges(int points)
    {
        Random random = new(2);
        return [.. Enumerable.Range(0, points).Select(_ => random.NextDouble() - 0.5)];
    }
}
