using System.Text;

namespace Fmm.Samples;

/// <summary>
/// A page that stands by itself: no script, nothing fetched. Colours follow the reader's light or dark setting, and in a narrow window diagrams and
/// tables shrink or are scrolled by themselves.
/// </summary>
internal sealed class Page(string title)
{
    private const string Style = """
        :root { color-scheme: light dark; --paper: #ffffff; --ink: #1c2127; --faint: #5c6670; --grid: #d9dee3; }
        @media (prefers-color-scheme: dark) { :root { --paper: #14181c; --ink: #e4e8ec; --faint: #9aa5b1; --grid: #343c44; } }
        body { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .4rem; }
        p { margin: .3rem 0; } .faint { color: var(--faint); font-size: .9rem; }
        figure { margin: 0; overflow-x: auto; } svg { max-width: 100%; min-width: 32rem; height: auto; display: block; }
        figcaption span { display: inline-block; margin-right: 1.2rem; font-size: .9rem; }
        figcaption i { display: inline-block; width: 1.8rem; vertical-align: middle; margin-right: .4rem; }
        div.wide { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }
        th, td { text-align: right; padding: .15rem .7rem; border-bottom: 1px solid var(--grid); white-space: nowrap; }
        th:first-child, td:first-child { text-align: left; padding-left: 0; } th { font-weight: 600; }
        """;

    private readonly StringBuilder _body = new();

    /// <summary>A heading.</summary>
    public Page Heading(string text) => Add($"<h2>{HtmlText.Of(text)}</h2>");

    /// <summary>A paragraph.</summary>
    public Page Text(string text, bool faint = false) => Add($"<p{(faint ? " class=\"faint\"" : "")}>{HtmlText.Of(text)}</p>");

    /// <summary>A diagram under its title, with its remark below.</summary>
    public Page Figure(Chart chart)
    {
        Heading(chart.Title);
        string legend = string.Concat(chart.Legend.Select(line =>
            $"<span><i style=\"border-top:3px {(line.Dashed ? "dashed" : "solid")} {line.Colour}\"></i>{HtmlText.Of(line.Name)}</span>"));
        Add($"<figure>{chart.ToSvg()}{(legend.Length > 0 ? $"<figcaption>{legend}</figcaption>" : "")}</figure>");
        return chart.Remark is null ? this : Text(chart.Remark, faint: true);
    }

    /// <summary>A table; the first column holds words, the others numbers.</summary>
    public Page Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Add("<div class=\"wide\"><table><thead><tr>" + string.Concat(columns.Select(name => $"<th>{HtmlText.Of(name)}</th>")) + "</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in rows) Add("<tr>" + string.Concat(row.Select(cell => $"<td>{HtmlText.Of(cell)}</td>")) + "</tr>");
        return Add("</tbody></table></div>");
    }

    /// <summary>The whole page.</summary>
    public override string ToString() => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{HtmlText.Of(title)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <h1>{HtmlText.Of(title)}</h1>
        {_body}</body>
        </html>

        """;

    private Page Add(string html)
    {
        _body.Append(html).Append('\n');
        return this;
    }
}
