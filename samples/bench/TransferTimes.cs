using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>M2L by each strategy over the same tree.</summary>
/// <param name="Name">The strategy, as <c>--m2l</c> knows it.</param>
/// <param name="System">What M2L did in the run in which it was fastest.</param>
internal sealed record TransferTimes(string Name, BenchSystem System)
{
    /// <summary>The strategies that are compared.</summary>
    private static readonly string[] _names = ["fft", "compressed"];

    /// <summary>Runs a case's points with each strategy that serves its kernel.</summary>
    /// <param name="settings">Order, leaf capacity and what else was chosen.</param>
    /// <param name="points">The points.</param>
    /// <param name="seed">Seed of the charges.</param>
    /// <param name="repeat">Timed runs, after one that is not counted.</param>
    /// <param name="system">Reads what M2L did in a solver's last run.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static TransferTimes[] Measure(
        FieldSettings settings, Position[] points, long seed, int repeat, Func<FmmSolver, BenchSystem> system, CancellationToken cancellation) =>
        [.. _names.Select(name => One(settings with { Transfer = name }, points, seed, repeat, system, cancellation)).OfType<TransferTimes>()];

    private static TransferTimes? One(
        FieldSettings settings, Position[] points, long seed, int repeat, Func<FmmSolver, BenchSystem> system, CancellationToken cancellation)
    {
        using FmmSolver? solver = Solver(settings);
        if (solver is null) return null;
        ExpansionSizes expansion = solver.Method.ExpansionSizes;
        double[] charges = PointClouds.Charges(points.Length * expansion.SourceComponents, seed, cancellation);
        double[] potentials = new double[points.Length * expansion.PotentialComponents];
        double[] gradients = new double[settings.Gradient ? 3 * potentials.Length : 0];
        List<BenchSystem> runs = [];
        solver.SetPoints(points);
        for (int run = 0; run <= repeat; run++)
        {
            solver.Evaluate(charges, potentials, gradients, null, cancellation);
            if (run > 0) runs.Add(system(solver));
        }

        runs.Sort((a, b) => a.Seconds.CompareTo(b.Seconds));
        return new TransferTimes(settings.Transfer, runs[0]);
    }

    // Null where the strategy does not serve the kernel.
    private static FmmSolver? Solver(FieldSettings settings)
    {
        try
        {
            return KernelChoice.Of(settings)(FieldRun.Options(settings));
        }
        catch (InputException fault) when (fault.InnerException is FmmOptionException { Option: nameof(FmmOptions.Transfer) })
        {
            return null;
        }
    }
}
