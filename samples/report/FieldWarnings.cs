using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>What a run could not promise, and what of the tree was not split, told on standard error.</summary>
internal static class FieldWarnings
{
    /// <summary>Tells each in a line; the last thing that a run does.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="report">What ran.</param>
    /// <param name="strict">Whether a warning is a failure.</param>
    /// <exception cref="NotReachedException">There are some, and it is.</exception>
    public static void Tell(Terminal terminal, FmmReport report, bool strict)
    {
        if (report.Tree.FullLeaves > 0) terminal.Note(Full(report));
        if (strict && report.Warnings.Count > 0) throw new NotReachedException(string.Join(" ", report.Warnings));
        foreach (string warning in report.Warnings) terminal.Error.WriteLine($"fmm: warning: {warning}");
    }

    /// <summary>What of the tree stopped at its deepest level.</summary>
    public static string Full(FmmReport report) =>
        $"leaves at level {report.Tree.Depth} that hold more than {report.Leaf} points: {report.Tree.FullLeaves}, the fullest {report.Tree.FullestLeaf}; a larger --max-level splits them";
}
