using System.Globalization;
using System.Text;
using Fmm.Systems;
using OxyPlot.Axes;

namespace Fmm.Samples;

/// <summary>A rank report as a page: for each order and cloud the error over the rank, and what M2L takes; then the table.</summary>
internal static class RankPage
{
    private static readonly string[] _columns = ["cloud", "precision", "order", "rank", "own error", "error", "added error", "M2L [s]", "FFT [s]", "preparation [s]", "matrices [MB]"];

    /// <summary>Writes the page.</summary>
    public static void Write(Stream stream, RankSettings settings, IReadOnlyList<RankRow> rows)
    {
        Page page = new Page("M2L compressed to a rank").Text(
            $"Laplace, {settings.Count} points, leaves of {settings.Leaf}, {settings.Threads} threads, charges in ±0.5. Errors are relative, in the L2 norm of the potential, against direct sums. "
            + "Dashed: without compression, which is the method's own error, and the time of M2L by transform, which leaves nothing out.");
        foreach (IGrouping<(int Order, string Cloud), RankRow> group in rows.GroupBy(row => (row.Order, row.Cloud)))
        {
            string where = $"order {group.Key.Order}, {group.Key.Cloud}";
            page.Figure(Draw($"Error by rank, {where}", "relative L2 error", group, row => row.Error, row => row.OwnError, "uncompressed"));
            page.Figure(Draw($"Time of M2L by rank, {where}", "M2L [s]", group, row => row.Seconds, row => row.OwnSeconds, "by FFT"));
        }

        page.Heading("All figures").Table(_columns, rows.Select(Cells));
        stream.Write(Encoding.UTF8.GetBytes(page.ToString()));
    }

    private static Chart Draw(string title, string unit, IEnumerable<RankRow> rows, Func<RankRow, double> value, Func<RankRow, double> level, string levelName)
    {
        Chart chart = new Chart(title) { Width = 560, Height = 320 }.Logarithmic(AxisPosition.Bottom, "rank [singular values kept]").Logarithmic(AxisPosition.Left, unit);
        foreach (IGrouping<Precision, RankRow> group in rows.GroupBy(row => row.Precision))
        {
            RankRow[] sorted = [.. group.OrderBy(row => row.Rank)];
            chart.Line(sorted[0].Scalar, sorted.Select(row => ((double)row.Rank, value(row))));
            chart.Line($"{sorted[0].Scalar} {levelName}", sorted.Select(row => ((double)row.Rank, level(row))), dashed: true);
        }

        return chart;
    }

    private static string[] Cells(RankRow row) =>
    [
        row.Cloud, row.Scalar, $"{row.Order}", row.Rank == row.Full ? $"{row.Rank} (full)" : $"{row.Rank}", Text(row.OwnError, "0.0e+0"), Text(row.Error, "0.0e+0"), Text(row.Added, "0.0e+0"),
        Text(row.Seconds, "0.0000"), Text(row.OwnSeconds, "0.0000"), Text(row.Preparation, "0.00"), Text(row.Bytes / 1e6, "0.0"),
    ];

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
