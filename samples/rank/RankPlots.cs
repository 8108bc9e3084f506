using System.Globalization;
using Fmm.Systems;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Fmm.Samples;

/// <summary>
/// Pictures of a rank report: for each order and cloud the error over the rank, and what M2L takes. Text and lines of the axes have the colour of the
/// text around, so that they are seen on a light and on a dark page; a picture is as wide as a telephone, so that its text stays legible there.
/// </summary>
internal static class RankPlots
{
    private const int Width = 380, Height = 300;

    // Stands for the colour of the text around: replaced after the export, which knows no other way.
    private static readonly OxyColor _ink = OxyColor.FromRgb(1, 2, 3);
    private static readonly OxyColor _grid = OxyColor.FromRgb(3, 2, 1);

    // Seen on white and on black, and apart by those who do not tell red from green.
    private static readonly Dictionary<Precision, OxyColor> _colours = new()
    {
        [Precision.Double] = OxyColor.FromRgb(0x2B, 0x8C, 0xDE),
        [Precision.Single] = OxyColor.FromRgb(0xE0, 0x7B, 0x1A),
    };

    /// <summary>The pictures, each with what it shows in words.</summary>
    public static IEnumerable<(string Name, string Svg)> All(IReadOnlyList<RankRow> rows)
    {
        foreach (IGrouping<(int Order, string Cloud), RankRow> group in rows.GroupBy(row => (row.Order, row.Cloud)))
        {
            (int order, string cloud) = group.Key;
            yield return ($"Error by rank, order {order}, {cloud}", Draw($"order {order}, {cloud}", "relative L2 error of the potential", group, row => row.Error, row => row.OwnError, "alone"));
            yield return ($"Seconds of M2L by rank, order {order}, {cloud}", Draw($"order {order}, {cloud}", "M2L [s]", group, row => row.Seconds, row => row.OwnSeconds, "FFT"));
        }
    }

    private static string Draw(string title, string unit, IEnumerable<RankRow> rows, Func<RankRow, double> value, Func<RankRow, double> level, string levelName)
    {
        PlotModel model = new()
        {
            Title = title, TitleFontSize = 13, TitleFontWeight = FontWeights.Normal, TextColor = _ink, PlotAreaBorderColor = _ink, Background = OxyColors.Transparent, DefaultFont = "sans-serif", DefaultFontSize = 12,
            Culture = CultureInfo.InvariantCulture,
        };
        model.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside, LegendPosition = LegendPosition.BottomCenter, LegendOrientation = LegendOrientation.Horizontal,
            LegendTextColor = _ink, LegendBackground = OxyColors.Transparent, LegendBorder = OxyColors.Transparent, LegendFontSize = 12,
        });
        model.Axes.Add(Axis(new LogarithmicAxis { Position = AxisPosition.Bottom, Title = "rank k [singular values kept]", LabelFormatter = Rank }));
        model.Axes.Add(Axis(new LogarithmicAxis { Position = AxisPosition.Left, Title = unit, LabelFormatter = Power }));
        foreach (IGrouping<Precision, RankRow> group in rows.GroupBy(row => row.Precision))
        {
            OxyColor colour = _colours[group.Key];
            RankRow[] sorted = [.. group.OrderBy(row => row.Rank)];
            LineSeries with = new() { Title = $"{sorted[0].Scalar}", Color = colour, StrokeThickness = 2, MarkerType = MarkerType.Circle, MarkerSize = 3, MarkerFill = colour };
            LineSeries without = new() { Title = $"{sorted[0].Scalar} {levelName}", Color = colour, StrokeThickness = 1.5, LineStyle = LineStyle.Dash };
            foreach (RankRow row in sorted)
            {
                with.Points.Add(new DataPoint(row.Rank, value(row)));
                without.Points.Add(new DataPoint(row.Rank, level(row)));
            }

            model.Series.Add(with);
            model.Series.Add(without);
        }

        string svg = SvgExporter.ExportToString(model, Width, Height, isDocument: false);
        return svg.Replace("#010203", "currentColor").Replace("#030201", "#808080");
    }

    private static LogarithmicAxis Axis(LogarithmicAxis axis)
    {
        axis.TextColor = axis.TitleColor = axis.TicklineColor = axis.MinorTicklineColor = axis.AxislineColor = _ink;
        axis.MajorGridlineStyle = LineStyle.Dot;
        axis.MajorGridlineColor = _grid;
        return axis;
    }

    private static string Rank(double value) => value >= 1 ? value.ToString("0", CultureInfo.InvariantCulture) : "";

    private static string Power(double value) => value.ToString("0e+0", CultureInfo.InvariantCulture);
}
