using System.Globalization;
using System.Net;

namespace Fmm.Samples;

/// <summary>A rank report as one page that needs nothing beside it: pictures that wrap to the window's width, and the table.</summary>
internal static class RankPage
{
    private const string Style = """
        :root { color-scheme: light dark; }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 80rem; background: Canvas; color: CanvasText; }
        .pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 380px), 1fr)); gap: 1rem; }
        figure { margin: 0; } svg { display: block; width: 100%; max-width: 560px; height: auto; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.875rem; }
        th, td { padding: 0.2rem 0.6rem; text-align: right; white-space: nowrap; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
        """;

    private static readonly string[] _columns = ["order", "precision", "cloud", "rank", "own error", "error", "added error", "M2L [s]", "FFT [s]", "preparation [s]", "matrices [MB]"];

    /// <summary>Writes the page.</summary>
    public static void Write(Stream stream, RankSettings settings, IReadOnlyList<RankRow> rows)
    {
        using StreamWriter page = new(stream, leaveOpen: true) { NewLine = "\n" };
        page.WriteLine("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.WriteLine($"<title>M2L compressed to a rank</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<h1>M2L compressed to a rank</h1>");
        page.WriteLine($"<p>Laplace, {settings.Count} points, leaves of {settings.Leaf}, {settings.Threads} threads, charges in &#xB1;0.5. Errors are relative, in the L2 norm, against direct sums: "
            + "the method's own without compression (dashed), and with it. Seconds are M2L's; dashed: by transform, which leaves nothing out.</p>");
        page.WriteLine("<div class=\"pictures\">");
        foreach ((string name, string svg) in RankPlots.All(rows))
            page.WriteLine($"<figure role=\"img\" aria-label=\"{WebUtility.HtmlEncode(name)}\">{svg}</figure>");
        page.WriteLine("</div>\n<h2>All figures</h2>\n<div class=\"wide\" tabindex=\"0\">\n<table>\n<thead><tr>" + string.Concat(_columns.Select(name => $"<th scope=\"col\">{name}</th>")) + "</tr></thead>\n<tbody>");
        foreach (RankRow row in rows) page.WriteLine($"<tr>{string.Concat(Cells(row).Select(cell => $"<td>{cell}</td>"))}</tr>");
        page.WriteLine("</tbody>\n</table>\n</div>\n</body>\n</html>");
    }

    private static string[] Cells(RankRow row) =>
    [
        $"{row.Order}", row.Scalar, row.Cloud, row.Rank == row.Full ? $"{row.Rank} (full)" : $"{row.Rank}", Text(row.OwnError, "0.0e+0"), Text(row.Error, "0.0e+0"), Text(row.Added, "0.0e+0"),
        Text(row.Seconds, "0.0000"), Text(row.OwnSeconds, "0.0000"), Text(row.Preparation, "0.00"), Text(row.Bytes / 1e6, "0.0"),
    ];

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
