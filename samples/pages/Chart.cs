using System.Globalization;
using System.Text.RegularExpressions;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Fmm.Samples;

/// <summary>
/// A diagram of a page, drawn as SVG by OxyPlot. Ink and grid take the colours of the page that it stands in, so that it can be read on a light and
/// on a dark one.
/// </summary>
internal sealed partial class Chart
{
    // Colours that nothing else has: where they stand in the drawing, the page's own are put.
    private static readonly OxyColor _ink = OxyColor.FromRgb(1, 2, 3), _grid = OxyColor.FromRgb(4, 5, 6);

    // Told apart by those who see few colours (Okabe and Ito), and dark and light enough for either page.
    private static readonly OxyColor[] _series =
    [
        OxyColor.FromRgb(0x00, 0x80, 0xc8), OxyColor.FromRgb(0xd5, 0x5e, 0x00), OxyColor.FromRgb(0x00, 0x9e, 0x73),
        OxyColor.FromRgb(0xcc, 0x79, 0xa7), OxyColor.FromRgb(0xc0, 0x90, 0x00), OxyColor.FromRgb(0x56, 0xb4, 0xe9),
    ];

    private static readonly MarkerType[] _markers = [MarkerType.Circle, MarkerType.Square, MarkerType.Triangle, MarkerType.Diamond];
    private readonly PlotModel _model = new()
    {
        TextColor = _ink,
        PlotAreaBorderColor = _ink,
        Background = OxyColors.Transparent,
        DefaultFont = "sans-serif",
        DefaultFontSize = 13,
        Padding = new OxyThickness(4, 8, 16, 4),
    };

    private int _lines;

    /// <summary>An empty diagram.</summary>
    /// <param name="title">What it shows; the page prints it.</param>
    public Chart(string title) => Title = title;

    /// <summary>What it shows.</summary>
    public string Title { get; }

    /// <summary>What has to be said of it, in a sentence or two; null for nothing.</summary>
    public string? Remark { get; init; }

    /// <summary>Width in pixels where there is room.</summary>
    public double Width { get; init; } = 680;

    /// <summary>Height in pixels.</summary>
    public double Height { get; init; } = 380;

    /// <summary>A linear axis; its label names the unit.</summary>
    public Chart Linear(AxisPosition at, string label, double least = double.NaN, double most = double.NaN, double step = double.NaN) =>
        With(new LinearAxis { MajorStep = step, MinorTickSize = double.IsNaN(step) ? 4 : 0, MinimumPadding = 0.03, MaximumPadding = 0.05 }, at, label, least, most);

    /// <summary>A logarithmic axis; its label names the unit.</summary>
    public Chart Logarithmic(AxisPosition at, string label, double least = double.NaN, double most = double.NaN) => With(
        new LogarithmicAxis { UseSuperExponentialFormat = false, LabelFormatter = Power, MinimumPadding = 0.08, MaximumPadding = 0.08 }, at, label, least, most);

    /// <summary>A line through points, with a marker on each.</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="points">The points.</param>
    /// <param name="dashed">Whether it is drawn in dashes, in the colour of the line before it.</param>
    public Chart Line(string name, IEnumerable<(double X, double Y)> points, bool dashed = false)
    {
        if (!dashed) _lines++;
        LineSeries line = new()
        {
            Title = name,
            Color = _series[(_lines - 1) % _series.Length],
            LineStyle = dashed ? LineStyle.Dash : LineStyle.Solid,
            MarkerType = _markers[(_lines - 1) % _markers.Length],
            MarkerSize = dashed ? 2.5 : 4,
            StrokeThickness = dashed ? 1.2 : 2,
        };
        line.Points.AddRange(points.Select(point => new DataPoint(point.X, point.Y)));
        _model.Series.Add(line);
        return this;
    }

    /// <summary>A line in the colour of the ink, without markers: a limit.</summary>
    public Chart Limit(string name, IEnumerable<(double X, double Y)> points)
    {
        LineSeries line = new() { Title = name, Color = _ink, StrokeThickness = 1.5 };
        line.Points.AddRange(points.Select(point => new DataPoint(point.X, point.Y)));
        _model.Series.Add(line);
        return this;
    }

    /// <summary>Points with a word each.</summary>
    public Chart Points(IEnumerable<(double X, double Y, string Word)> points)
    {
        _lines++;
        foreach ((double x, double y, string word) in points)
        {
            ScatterSeries one = new() { MarkerType = MarkerType.Circle, MarkerSize = 5, MarkerFill = _series[(_lines - 1) % _series.Length] };
            one.Points.Add(new ScatterPoint(x, y));
            _model.Series.Add(one);
            _model.Annotations.Add(new OxyPlot.Annotations.TextAnnotation
            {
                Text = word,
                TextPosition = new DataPoint(x, y),
                StrokeThickness = 0,
                TextColor = _ink,
                TextVerticalAlignment = VerticalAlignment.Middle,
                TextHorizontalAlignment = HorizontalAlignment.Left,
                Offset = new ScreenVector(8, 0),
                FontSize = 12,
            });
        }
        return this;
    }

    /// <summary>Bars that lie one below the other, in the order given, with their values.</summary>
    /// <param name="label">The values' axis, with its unit.</param>
    /// <param name="bars">A name and a value each.</param>
    /// <param name="format">How a value is written.</param>
    public Chart Bars(string label, IReadOnlyList<(string Name, double Value)> bars, string format)
    {
        CategoryAxis names = new()
        {
            // OxyPlot measures by narrower letters than some browsers have.
            Position = AxisPosition.Left,
            AxisTickToLabelDistance = 8,
            StartPosition = 1,
            EndPosition = 0,
            GapWidth = 0.35,
            TextColor = _ink,
            TicklineColor = _ink,
            AxislineColor = _ink,
        };
        BarSeries series = new() { FillColor = _series[0], StrokeThickness = 0, LabelFormatString = $"{{0:{format}}}", LabelPlacement = LabelPlacement.Outside, LabelMargin = 8, TextColor = _ink };
        foreach ((string name, double value) in bars)
        {
            names.Labels.Add(name);
            series.Items.Add(new BarItem(value));
        }
        _model.Padding = new OxyThickness(32, 8, 16, 4);
        _model.Axes.Add(names);
        _model.Series.Add(series);
        return Linear(AxisPosition.Bottom, label, least: 0, most: 1.15 * Math.Max(bars.Max(bar => bar.Value), double.Epsilon));
    }

    /// <summary>The lines' names with their colours, in the order in which they were drawn; one line alone needs none.</summary>
    public IReadOnlyList<(string Name, string Colour, bool Dashed)> Legend =>
        _model.Series.Count < 2 ? [] : [.. _model.Series.OfType<LineSeries>().Select(line => (line.Title, line.Color == _ink ? "currentColor" : Rgb(line.Color), line.LineStyle == LineStyle.Dash))];

    /// <summary>The drawing, to stand in a page.</summary>
    public string ToSvg()
    {
        SvgExporter exporter = new() { Width = Width, Height = Height, IsDocument = false, UseVerticalTextAlignmentWorkaround = true };
        string svg = exporter.ExportToString(_model);
        if (_model.GetLastPlotException() is Exception fault) throw new InvalidOperationException($"The diagram '{Title}' can't be drawn: {fault.Message}", fault);
        string box = string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" style=\"width:{Width}px\" role=\"img\" aria-label=\"{HtmlText.Of(Title)}\" ");
        svg = Size().Replace(svg, box, 1);
        // Names of a drawing's parts are the whole page's: each drawing gets its own.
        svg = svg.Replace("clipPath", $"{Name()}-clip", StringComparison.Ordinal).Replace($"<{Name()}-clip", "<clipPath", StringComparison.Ordinal)
            .Replace($"</{Name()}-clip", "</clipPath", StringComparison.Ordinal);
        return svg.Replace(Rgb(_ink), "currentColor", StringComparison.Ordinal).Replace(Rgb(_grid), "var(--grid)", StringComparison.Ordinal);
    }

    private Chart With(Axis axis, AxisPosition at, string label, double least, double most)
    {
        axis.Position = at;
        axis.Title = label;
        axis.Minimum = least;
        axis.Maximum = most;
        axis.TextColor = axis.TitleColor = axis.TicklineColor = axis.MinorTicklineColor = axis.AxislineColor = _ink;
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.MajorGridlineColor = _grid;
        axis.AxisTitleDistance = 14;
        _model.Axes.Add(axis);
        return this;
    }

    private static string Power(double value)
    {
        if (value is >= 0.01 and < 10_000) return value.ToString("0.####", CultureInfo.InvariantCulture);
        return value.ToString("0e+0", CultureInfo.InvariantCulture);
    }

    private static string Rgb(OxyColor colour) => $"rgb({colour.R},{colour.G},{colour.B})";

    private string Name() => string.Concat(Title.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));

    [GeneratedRegex("<svg[^>]*?width=\"[^\"]*\" height=\"[^\"]*\"")]
    private static partial Regex Size();
}
