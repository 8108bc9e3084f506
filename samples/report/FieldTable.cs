using Fmm.Systems;
using Spectre.Console;

namespace Fmm.Samples;

/// <summary>A run as text and a table for people.</summary>
internal static class FieldTable
{
    private const int BarLength = 24;

    /// <summary>Prints what ran, the tree, the seconds by system with their shares, the error and the memory.</summary>
    public static void Write(IAnsiConsole console, FieldResult result, long peakMemoryBytes, bool explain = false)
    {
        FmmReport report = result.Report;
        TreeReport tree = report.Tree;
        string kernel = report.Parameters.Length == 0 ? report.Kernel : $"{report.Kernel} ({report.Parameters})";
        Line(console, $"{kernel}, {(report.Precision == Precision.Single ? "single" : "double")} precision, order {report.Order}, leaves of {report.Leaf}, threads {report.Threads}");
        Line(console, $"choice   {OrderChoice(report)}");
        Line(console, $"         {LeafChoice(report)}; M2L {report.Transfer.ToString().ToLowerInvariant()} {(report.Choice.TransferChosen ? "chosen" : "given")}");
        Line(console, $"points   sources {report.Sources}, targets {report.Targets}{(report.Vectors > 1 ? $", {report.Vectors} charge vectors" : "")}");
        string full = tree.FullLeaves > 0 ? $"; over capacity at level {tree.Depth}: {tree.FullLeaves}, the fullest {tree.FullestLeaf}" : "";
        string ofRank = result.Ranks.Count > 0 ? " of rank 0" : "";
        Line(console, $"tree     depth{ofRank} {tree.Depth}, nodes {tree.Nodes}, leaves {tree.Leaves}{full}");
        Line(console, $"lists    mean sizes U {tree.U.Mean:0.0}, V {tree.V.Mean:0.0}, W {tree.W.Mean:0.0}, X {tree.X.Mean:0.0}");
        if (report.Ranks is string ranks) Line(console, $"M2L      compressed, ranks {ranks}");
        FmmSeconds seconds = report.Seconds;
        Line(console, $"seconds  tree {seconds.Tree:0.000} + lists {seconds.Lists:0.000} + evaluation {seconds.Evaluate:0.000}"
            + $" = {seconds.Total:0.000}; operators {seconds.Operators:0.000}, once");
        console.WriteLine();
        console.Write(Systems(seconds));
        console.WriteLine();
        if (result.Ranks.Count > 0) RankTable.Write(console, result.Ranks);
        if (result.Error is FieldError e)
        {
            string gradient = e.GradientL2 is double l2 ? $", gradient {l2:0.0e+0}" : "";
            string second = e.HessianL2 is double hessian ? $", second derivatives {hessian:0.0e+0}" : "";
            Line(console, $"error    potential {e.PotentialL2:0.0e+0} (largest {e.PotentialLinf:0.0e+0}){gradient}{second}"
                + $", relative, against {e.Samples} direct sums");
        }

        if (report.Energy is double energy) Line(console, $"energy   {energy:g12}, half of the sum of charge times potential");
        if (result.ForceSums is ForceSums sums) Line(console, $"force    largest {sums.Largest:g6}, sum of all ({sums.X:0.0e+0}, {sums.Y:0.0e+0}, {sums.Z:0.0e+0})");
        if (report.Tolerance is ToleranceReport tolerance) Line(console, Tolerance(tolerance));
        Line(console, $"memory   {peakMemoryBytes / 1e6:0} MB at the peak{(result.Ranks.Count > 0 ? " of a process" : "")}");
        // Wider than any table, and never wrapped.
        if (explain) console.Profile.Out.Writer.WriteLine($"\n{result.Schedule.TrimEnd()}");
    }

    /// <summary>Systems run side by side, so their spans may add up to more than the run's.</summary>
    private static Table Systems(FmmSeconds seconds)
    {
        double sum = seconds.BySystem.Sum(system => system.Value);
        Table table = new() { Border = TableBorder.None, ShowHeaders = true };
        table.AddColumn("system");
        table.AddColumn("seconds", column => column.RightAligned());
        table.AddColumn("share", column => column.RightAligned());
        table.AddColumn("where the time went");
        foreach ((string system, double spent) in seconds.BySystem)
        {
            double share = sum > 0 ? spent / sum : 0;
            string bar = new('#', (int)Math.Round(share * BarLength));
            table.AddRow(new Text(system), new Text($"{spent:0.0000}"), new Text($"{100 * share:0.0} %"), new Text(bar));
        }

        return table;
    }

    private static string OrderChoice(FmmReport report)
    {
        FmmChoice choice = report.Choice;
        if (choice.Tolerance is not double tolerance) return $"order {report.Order} given";
        string measured = choice.OrderError is double error ? $", where an error of {error:0.0e+0} was found" : "";
        return $"order {report.Order} for a tolerance of {tolerance:0.0e+0}{measured}";
    }

    private static string Tolerance(ToleranceReport tolerance)
    {
        string gradient = tolerance.GradientFound is double slope ? $", gradient {slope:0.0e+0}" : "";
        return $"promise  potential to {tolerance.Asked:0.0e+0}: {(tolerance.Reached ? "reached" : "NOT REACHED")}, found {tolerance.Found:0.0e+0}{gradient}"
            + $" at {tolerance.Samples} targets";
    }

    private static string LeafChoice(FmmReport report) => report.Choice is { LeafChosen: true } choice
        ? $"leaves of {report.Leaf} for predicted seconds near {choice.NearSeconds:0.000} + far {choice.FarSeconds:0.000}, machine factor {choice.NearOverFar:0.###}"
        : $"leaves of {report.Leaf} given";

    private static void Line(IAnsiConsole console, string text) => console.Write(new Text(text + "\n"));
}
