using OxyPlot.Axes;

namespace Fmm.Samples;

/// <summary>The diagrams of runs.</summary>
internal static class RunCharts
{
    private const double LeastShare = 0.004;
    private static readonly string[] _lists = ["U", "V", "W", "X"];

    /// <summary>Busy time by system, in the schedule's order; what takes next to nothing is put together.</summary>
    public static Chart Systems(RunRecord run)
    {
        double all = run.Systems.Sum(system => system.Seconds);
        List<(string, double)> bars = [.. run.Systems.Where(system => system.Seconds >= LeastShare * all).Select(system => (system.Name, 1e3 * system.Seconds))];
        double others = run.Systems.Where(system => system.Seconds < LeastShare * all).Sum(system => system.Seconds);
        if (others > 0) bars.Add(("others", 1e3 * others));
        return new Chart($"Time by system: {run.Name}")
        {
            Height = 70 + (23 * bars.Count),
            Remark = $"Busy time summed over threads and divided by their number, {1e3 * all:0.#} ms in all; tree, lists and evaluation took {1e3 * run.Total:0.#} ms by the clock. Systems run side by side.",
        }.Bars("time / ms", bars, "0.##");
    }

    /// <summary>Mean sizes of lists by level, and the largest.</summary>
    public static Chart Lists(RunRecord run)
    {
        Chart chart = new Chart($"Interaction lists by level: {run.Name}") { Remark = "Lines: mean members of a list; dashes: the longest. U and W are lists of leaves, V and X of nodes." }
            .Linear(AxisPosition.Bottom, "level", step: 1).Linear(AxisPosition.Left, "members of a list", least: 0);
        for (int list = 0; list < _lists.Length; list++)
        {
            if (run.Levels.All(level => level.Largest[list] == 0)) continue;
            int one = list;
            chart.Line(_lists[list], run.Levels.Select(level => ((double)level.Level, level.Means[one])));
            chart.Line($"{_lists[list]}, longest", run.Levels.Select(level => ((double)level.Level, (double)level.Largest[one])), dashed: true);
        }
        return chart;
    }

    /// <summary>Errors by order; null unless at least two orders were measured.</summary>
    public static Chart? Errors(IReadOnlyList<RunRecord> runs)
    {
        RunRecord[] measured = [.. runs.Where(run => run.PotentialError > 0)];
        if (measured.Select(run => run.Order).Distinct().Count() < 2) return null;
        Chart chart = new Chart("Error against order") { Remark = "Relative L2 error against direct sums; the smallest where an order was run more than once." }
            .Linear(AxisPosition.Bottom, "order p", step: 1).Logarithmic(AxisPosition.Left, "relative error");
        foreach (IGrouping<string, RunRecord> group in measured.GroupBy(run => $"{run.Kernel}, {run.Precision}"))
        {
            chart.Line(group.Key, ByOrder(group, run => run.PotentialError));
            if (group.Any(run => run.GradientError > 0)) chart.Line($"{group.Key}, gradient", ByOrder(group, run => run.GradientError), dashed: true);
        }
        return chart;
    }

    /// <summary>Each system's rate under the machine's roof; null where no system's bytes are told.</summary>
    /// <param name="run">The run.</param>
    /// <param name="limits">The machine.</param>
    public static Chart? Roofline(RunRecord run, Limits limits)
    {
        RunSystem[] systems = [.. run.Systems.Where(system => system is { Flops: > 0, Bytes: > 0, Seconds: > 0 })];
        if (systems.Length == 0) return null;
        double peak = (run.Precision == "single" ? limits.Single : limits.Double).FmaFlops / 1e9, bandwidth = limits.CopyBandwidth * limits.Threads / 1e9, ridge = peak / bandwidth;
        double least = Math.Min(ridge / 10, 0.5 * systems.Min(system => system.Flops / system.Bytes)), most = Math.Max(ridge * 10, 3 * systems.Max(system => system.Flops / system.Bytes));
        double slowest = systems.Min(system => system.Flops / system.Seconds) / 1e9;
        return new Chart($"Roofline: {run.Name}")
        {
            Remark = $"The roof was measured while this page was drawn: {peak:0} GFLOP/s of fused multiply-adds, {bandwidth:0} GB/s copied from memory, {limits.Threads} threads. "
                + "A system's intensity counts each column that it declares once, so that it stands as far to the right as it can.",
        }
            .Logarithmic(AxisPosition.Bottom, "arithmetic intensity / (FLOP/byte)", least, most).Logarithmic(AxisPosition.Left, "rate / (GFLOP/s)", Math.Min(0.3 * slowest, bandwidth * least), 2 * peak)
            .Limit("roof", [(least, bandwidth * least), (ridge, peak), (most, peak)])
            .Points(systems.Select(system => (system.Flops / system.Bytes, system.Flops / system.Seconds / 1e9, system.Name)));
    }

    private static IEnumerable<(double, double)> ByOrder(IEnumerable<RunRecord> runs, Func<RunRecord, double?> error) => runs
        .Where(run => error(run) > 0).GroupBy(run => run.Order).OrderBy(group => group.Key).Select(group => ((double)group.Key, group.Min(run => error(run)!.Value)));
}
