using Spectre.Console;

namespace Fmm.Samples;

/// <summary>A summary as text and a table for people.</summary>
internal static class FieldTable
{
    private const int BarLength = 24;

    /// <summary>Prints what ran, the tree, the seconds by system with their shares, the error and the memory.</summary>
    public static void Write(IAnsiConsole console, FieldSummary summary, long peakMemoryBytes)
    {
        string kernel = summary.Parameters.Length == 0 ? summary.Kernel : $"{summary.Kernel} ({summary.Parameters})";
        Line(console, $"{kernel}, {summary.Precision} precision, order {summary.Order}, leaves of {summary.Leaf}, threads {summary.Threads}");
        Line(console, $"points   sources {summary.Sources}, targets {summary.Targets}");
        Line(console, $"tree     depth {summary.Depth}, nodes {summary.Nodes}, leaves {summary.Leaves}");
        (double u, double v, double w, double x) = summary.Lists;
        Line(console, $"lists    mean sizes U {u:0.0}, V {v:0.0}, W {w:0.0}, X {x:0.0}");
        FieldSeconds seconds = summary.Seconds;
        Line(console, $"seconds  tree {seconds.Tree:0.000} + lists {seconds.Lists:0.000} + evaluation {seconds.Evaluate:0.000}"
            + $" = {seconds.Total:0.000}; operators {seconds.Operators:0.000}, once");
        console.WriteLine();
        console.Write(Systems(seconds));
        console.WriteLine();
        if (summary.Error is FieldErrors error)
        {
            string gradient = error.GradientL2 is double l2 ? $", gradient {l2:0.0e+0}" : "";
            Line(console, $"error    potential {error.PotentialL2:0.0e+0} (largest {error.PotentialLinf:0.0e+0}){gradient}"
                + $", relative, against {error.Samples} direct sums");
        }

        Line(console, $"memory   {peakMemoryBytes / 1e6:0} MB at the peak");
    }

    /// <summary>Systems run side by side, so their spans may add up to more than the run's.</summary>
    private static Table Systems(FieldSeconds seconds)
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

    private static void Line(IAnsiConsole console, string text) => console.Write(new Text(text + "\n"));
}
