using System.Text;
using Fmm.Components;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>A picture of a finished field: its targets coloured by their potential, as PNG, or as SVG whose words and bar are drawn by lines.</summary>
internal sealed class FieldPlot : IDisposable
{
    private const int Width = 900, Height = 720, BarWidth = 220;
    private readonly ReplacedFile _file;
    private readonly bool _isDrawing;

    private FieldPlot(ReplacedFile file, bool isDrawing)
    {
        (_file, _isDrawing) = (file, isDrawing);
    }

    /// <summary>Opens the file before the work starts.</summary>
    /// <param name="path">Its name; null where no picture is asked for.</param>
    /// <param name="outputs">The files that a signal has to clean up.</param>
    /// <exception cref="InputException">Its ending is none that is drawn.</exception>
    /// <exception cref="DataFileException">It can't be written.</exception>
    public static FieldPlot? Open(string? path, OpenOutputs outputs)
    {
        if (path is null) return null;
        bool isDrawing = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => false,
            ".svg" => true,
            _ => throw new InputException($"--plot {path}: a picture ends in .png or .svg; name it so"),
        };
        return new FieldPlot(new ReplacedFile(path, outputs), isDrawing);
    }

    /// <summary>Draws and writes it.</summary>
    /// <param name="points">Where the field was computed.</param>
    /// <param name="result">The field: of several numbers or charge vectors, the length of those of a target.</param>
    public void Save(ReadOnlySpan<Position> points, FieldResult result)
    {
        int numbers = points.Length == 0 ? 1 : result.Potentials.Length / points.Length;
        float[] rows = Rows(points, result.Potentials, numbers);
        NumberRange range = NumberRange.Of(rows);
        ColourMap map = new(range.IsSigned, isDark: false);
        PointDrawing drawing = new(Width, Height, isDark: false);
        drawing.Aim(rows);
        Bitmap picture = drawing.Draw(rows, [], map, range);
        string title = $"{points.Length} points", name = numbers == 1 ? "potential" : "potential, length";
        if (_isDrawing)
        {
            _file.Stream.Write(Encoding.UTF8.GetBytes(Svg(picture, title, name, map, range)));
        }
        else
        {
            Legend.Draw(picture, title, name, map, range, isDark: false);
            PngFile.Write(picture, _file.Stream);
        }

        _file.Commit();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // Places about their middle, so that single precision keeps their digits.
    private static float[] Rows(ReadOnlySpan<Position> points, double[] potentials, int numbers)
    {
        (double x, double y, double z) = (0, 0, 0);
        foreach (Position at in points) (x, y, z) = (x + (at.X / points.Length), y + (at.Y / points.Length), z + (at.Z / points.Length));
        float[] rows = new float[4 * points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            double number = numbers == 1 ? potentials[i] : Math.Sqrt(potentials.AsSpan(i * numbers, numbers).ToArray().Sum(one => one * one));
            (rows[4 * i], rows[(4 * i) + 1], rows[(4 * i) + 2], rows[(4 * i) + 3]) = ((float)(points[i].X - x), (float)(points[i].Y - y), (float)(points[i].Z - z), (float)number);
        }

        return rows;
    }

    private static string Svg(Bitmap picture, string title, string name, ColourMap map, NumberRange range)
    {
        using MemoryStream png = new();
        PngFile.Write(picture, png);
        string stops = string.Concat(Enumerable.Range(0, 17).Select(i => map.At(i / 16.0)).Select((colour, i) =>
            FormattableString.Invariant($"<stop offset=\"{i / 16.0:0.####}\" stop-color=\"rgb({colour.R:0} {colour.G:0} {colour.B:0})\"/>")));
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" font-family="system-ui, sans-serif" font-size="16" fill="#333a4d">
              <title>{name} of {title}</title>
              <image width="{Width}" height="{Height}" href="data:image/png;base64,{Convert.ToBase64String(png.ToArray())}"/>
              <linearGradient id="colours">{stops}</linearGradient>
              <text x="20" y="34">{title}</text>
              <text x="20" y="{Height - 60}">{name}</text>
              <rect x="20" y="{Height - 52}" width="{BarWidth}" height="10" rx="5" fill="url(#colours)"/>
              <text x="20" y="{Height - 20}">{Legend.Short(range.Low)}</text>
              <text x="{20 + BarWidth}" y="{Height - 20}" text-anchor="end">{Legend.Short(range.High)}</text>
            </svg>

            """;
    }
}
