using System.Globalization;

namespace Fmm.Samples;

/// <summary>The page of <c>fmm report</c>.</summary>
internal static class RunPage
{
    // More runs than this share a page by their table and the errors; each one's own diagrams would bury them.
    private const int MostDrawnWhole = 6;
    private static readonly string[] _columns = ["run", "kernel", "precision", "order", "leaf", "M2L", "points", "seconds", "error", "gradient's error"];

    /// <summary>Draws it.</summary>
    /// <param name="runs">The runs, at least one.</param>
    /// <param name="limits">The machine's limits for the roofline; null to leave it out.</param>
    public static Page Of(IReadOnlyList<RunRecord> runs, Limits? limits)
    {
        Page page = new("What the engine did");
        page.Text($"{runs.Count} run{(runs.Count == 1 ? "" : "s")}; drawn on {MachineText.Machine(Environment.ProcessorCount)}, commit {MachineText.Commit()[..Math.Min(12, MachineText.Commit().Length)]}.", faint: true);
        page.Table(_columns, runs.Select(Row));
        if (RunCharts.Errors(runs) is Chart errors) page.Figure(errors);
        foreach (RunRecord run in Chosen(runs))
        {
            page.Figure(RunCharts.Systems(run));
            if (run.Levels.Count > 0) page.Figure(RunCharts.Lists(run));
            if (limits is not null && RunCharts.Roofline(run, limits) is Chart roofline) page.Figure(roofline);
        }
        return page;
    }

    private static IEnumerable<RunRecord> Chosen(IReadOnlyList<RunRecord> runs) =>
        runs.Count <= MostDrawnWhole ? runs : runs.OrderBy(run => run.Total).Take(1);

    private static string[] Row(RunRecord run) =>
    [
        run.Name, run.Kernel, run.Precision, Text(run.Order), Text(run.Leaf), run.Transfer, Text(run.Points),
        run.Total.ToString("0.000", CultureInfo.InvariantCulture), Text(run.PotentialError), Text(run.GradientError),
    ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double? error) => error is double number ? number.ToString("0.0e+0", CultureInfo.InvariantCulture) : "";
}
