using System.Diagnostics;
using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>Runs cases: finds the order that reaches the error, then tries leaf capacities.</summary>
/// <param name="threads">Threads.</param>
/// <param name="count">Points.</param>
/// <param name="repeat">Timed runs of a trial, after one that is not counted; the fastest counts, as it does for the limits.</param>
/// <param name="cancellation">Ends it early.</param>
internal sealed class BenchRun(int threads, int count, int repeat, CancellationToken cancellation)
{
    private const long Seed = 1;
    private const int DirectSums = 1000;
    private const int OrdersToTry = 4;
    private const int LargestLeaf = 4096;

    // A higher order that lowers the error by less has met the floor of the precision.
    private const double Falling = 0.7;

    /// <summary>Refuses a case for which there is not enough memory.</summary>
    /// <exception cref="InputException">It would not fit.</exception>
    public static void CheckMemory(MemoryGuard guard, BenchCase one, int count, int threads)
    {
        if (!KernelChoice.Names.Contains(one.Kernel)) return;
        BenchRun run = new(threads, count, 1, CancellationToken.None);
        FieldRun.Create(run.Settings(one, one.Order, null)).CheckMemory(guard, $"{one.Name} with {count} points", count, null, copies: 1);
    }

    /// <summary>Runs a case.</summary>
    public BenchOutcome Run(BenchCase one)
    {
        if (!KernelChoice.Names.Contains(one.Kernel)) return new BenchOutcome(one, count, [], $"the engine has no kernel {one.Kernel}");
        Position[] points = BenchCases.Points(one.Cloud, count, Seed);
        List<BenchTrial> trials = [];
        int most = Math.Min(one.Order + OrdersToTry - 1, FmmOptions.LargestOrder);
        for (int order = one.Order; order <= most; order++)
        {
            BenchTrial trial = Try(one, points, order, leaf: null, trials)!;
            bool floor = trials.Count > 0 && trial.Error > Falling * trials[^1].Error;
            trials.Add(trial);
            if (one.IsReachedBy(trial.Error) || floor) break;
        }

        BenchOutcome outcome = new(one, count, trials);
        int chosen = outcome.Best!.Report.Order;
        foreach (int leaf in one.Leaves) Add(chosen, leaf);

        // The best may lie beyond the list, or between two of it.
        for (int leaf = 2 * one.Leaves[^1]; leaf <= LargestLeaf && ReferenceEquals(outcome.Best, trials[^1]); leaf *= 2)
            if (!Add(chosen, leaf)) break;

        int middle = outcome.Best.Report.Leaf;
        Add(chosen, 3 * middle / 4);
        Add(chosen, 4 * middle / 3);

        // Larger leaves, which leave less to the expansions, may do with a lower order; and a higher one costs little where leaves are few.
        int best = outcome.Best.Report.Leaf;
        if (chosen > FmmOptions.SmallestOrder)
        {
            Add(chosen - 1, best);
            Add(chosen - 1, 2 * best);
        }

        if (chosen < FmmOptions.LargestOrder && Add(chosen + 1, best)) Add(chosen + 1, 2 * best);
        FieldSettings chosenBest = Settings(one, outcome.Best.Report.Order, outcome.Best.Report.Leaf);
        outcome = outcome with { Transfers = TransferTimes.Measure(chosenBest, points, Seed, repeat, M2L, cancellation) };
        return threads == 1 ? outcome : outcome with { OneThreadSeconds = OneThread(one, points, outcome.Best) };

        bool Add(int order, int leaf)
        {
            if (Try(one, points, order, leaf, trials) is not BenchTrial trial) return false;
            trials.Add(trial);
            return true;
        }
    }

    private double OneThread(BenchCase one, Position[] points, BenchTrial best)
    {
        BenchRun alone = new(1, count, Math.Max(1, repeat - 1), cancellation);
        return alone.Try(one, points, best.Report.Order, best.Report.Leaf, [], directSums: 1)!.Seconds;
    }

    private static BenchSystem M2L(FmmSolver solver) => Systems(solver.Report).First(system => system.Name == "M2L");

    private FieldSettings Settings(BenchCase one, int order, int? leaf) =>
        new(one.Kernel, one.Parameters, order, null, leaf, one.InSingle, one.Gradient, threads, "auto") { Vectors = one.Vectors };

    /// <summary>One order and leaf capacity; null where the tree is one that was tried already.</summary>
    private BenchTrial? Try(BenchCase one, Position[] points, int order, int? leaf, List<BenchTrial> before, int directSums = DirectSums)
    {
        FieldSettings settings = Settings(one, order, leaf);
        PeakWatch.Restart();
        using FmmSolver solver = KernelChoice.Of(settings)(FieldRun.Options(settings));
        ExpansionSizes expansion = solver.Method.ExpansionSizes;
        double[] charges = PointClouds.Charges(checked(count * expansion.SourceComponents * one.Vectors), Seed);
        double[] potentials = new double[checked(count * expansion.PotentialComponents * one.Vectors)];
        double[] gradients = new double[one.Gradient ? 3 * potentials.Length : 0];
        ChargeVectors vectors = new(one.Vectors);
        solver.SetPoints(points);
        solver.Evaluate(vectors, charges, potentials, gradients, cancellation: cancellation);
        TreeReport tree = solver.Report.Tree;
        if (before.Any(trial => trial.Report.Order == order && trial.Report.Tree == tree)) return null;

        double operators = solver.Report.Seconds.Operators;
        List<Timed> runs = [];
        for (int run = 0; run < repeat; run++)
        {
            long start = Stopwatch.GetTimestamp();
            solver.SetPoints(points);
            solver.Evaluate(vectors, charges, potentials, gradients, cancellation: cancellation);
            double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
            FmmReport told = solver.Report;
            runs.Add(new Timed(told, wall, Systems(told)));
        }

        long peak = PeakMemory.Bytes();
        runs.Sort((a, b) => a.Report.Seconds.Total.CompareTo(b.Report.Seconds.Total));
        Timed fastest = runs[0];
        FmmReport report = fastest.Report with { Seconds = fastest.Report.Seconds with { Operators = operators } };
        return new BenchTrial(leaf is null, report, fastest.WallSeconds, fastest.Systems, solver.Verify(directSums), peak);
    }

    /// <summary>What the systems did in an evaluation, over all charge vectors.</summary>
    internal static BenchSystem[] Systems(FmmReport report) =>
        [.. report.Work.Zip(report.Seconds.BySystem, (work, seconds) => new BenchSystem(work.System, seconds.Value, work.Flops, work.Pairs))];

    private sealed record Timed(FmmReport Report, double WallSeconds, BenchSystem[] Systems);
}
