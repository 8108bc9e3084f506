namespace Fmm.Samples;

/// <summary>
/// Draws points as little balls, as the window does but without a browser and the same on every machine: perspective, the nearer before the
/// farther, four samples a pixel.
/// </summary>
internal sealed class PointDrawing
{
    private const int Samples = 2;
    private const double FieldOfView = 0.72, Yaw = 0.6, Pitch = 0.42;
    private static readonly Rgb _dark = Rgb.Of(0x07090f), _light = Rgb.Of(0xffffff);
    private readonly int _width;
    private readonly int _height;
    private readonly float[] _depths;
    private readonly Rgb[] _colours;
    private readonly bool _isDark;
    private float[] _middle = [0, 0, 0];
    private double _radius;

    /// <summary>An empty sheet.</summary>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="isDark">Whether the background is dark.</param>
    public PointDrawing(int width, int height, bool isDark)
    {
        (_width, _height, _isDark) = (Samples * width, Samples * height, isDark);
        _depths = new float[_width * _height];
        _colours = new Rgb[_width * _height];
    }

    /// <summary>The background.</summary>
    public Rgb Background => _isDark ? _dark : _light;

    /// <summary>Points the camera at where most points are: a few may be far out.</summary>
    /// <param name="rows">Place and number of each point.</param>
    public void Aim(ReadOnlySpan<float> rows)
    {
        int count = rows.Length / 4;
        double[] middle = [0, 0, 0];
        for (int i = 0; i < rows.Length; i++)
            if (i % 4 < 3) middle[i % 4] += rows[i] / (double)count;
        _middle = [.. middle.Select(one => (float)one)];
        double[] far = new double[count];
        for (int i = 0; i < count; i++)
            far[i] = Math.Sqrt(Math.Pow(rows[4 * i] - middle[0], 2) + Math.Pow(rows[(4 * i) + 1] - middle[1], 2) + Math.Pow(rows[(4 * i) + 2] - middle[2], 2));
        Array.Sort(far);
        _radius = count > 0 && far[(int)(0.97 * (count - 1))] is > 0 and double reach ? 1.15 * reach : 1;
    }

    /// <summary>Draws points.</summary>
    /// <param name="rows">Place and number of each.</param>
    /// <param name="sizes">Size of each, 1 the largest; empty for all the same.</param>
    /// <param name="map">Colours.</param>
    /// <param name="range">What they span.</param>
    /// <returns>The picture.</returns>
    public Bitmap Draw(ReadOnlySpan<float> rows, ReadOnlySpan<float> sizes, ColourMap map, NumberRange range)
    {
        Array.Fill(_depths, float.PositiveInfinity);
        Array.Fill(_colours, Background);
        int count = rows.Length / 4;
        double sy = Math.Sin(Yaw), cy = Math.Cos(Yaw), sp = Math.Sin(Pitch), cp = Math.Cos(Pitch);
        double distance = _radius / Math.Sin(FieldOfView / 2), pixels = Math.Min(_height, _width) / (2 * Math.Tan(FieldOfView / 2));
        double ball = _radius * Math.Min(0.025, 0.2 / Math.Cbrt(Math.Max(1, count)));
        for (int i = 0; i < count; i++)
        {
            double x = rows[4 * i] - _middle[0], y = rows[(4 * i) + 1] - _middle[1], z = rows[(4 * i) + 2] - _middle[2];
            double right = (cy * x) - (sy * y), up = (-sy * sp * x) - (cy * sp * y) + (cp * z), back = (sy * cp * x) + (cy * cp * y) + (sp * z);
            double depth = distance - back;
            // Behind the eye, or so near that it would hide all others.
            if (!(depth > 0.1 * distance)) continue;
            double size = Math.Clamp(ball * (0.35 + (0.65 * (sizes.IsEmpty ? 1 : sizes[i]))) * pixels / depth, 0.8, 60);
            double fog = Math.Clamp((depth - distance + (0.6 * _radius)) / (2.2 * _radius), 0, 1);
            Place((_width / 2.0) + (right * pixels / depth), (_height / 2.0) - (up * pixels / depth), size, (float)depth, map.At(range.At(rows[(4 * i) + 3])), 0.5 * fog);
        }

        return Averaged();
    }

    // A ball lit from above left.
    private void Place(double x, double y, double size, float depth, Rgb colour, double fog)
    {
        int top = Math.Max(0, (int)Math.Ceiling(y - size - 0.5)), bottom = Math.Min(_height - 1, (int)Math.Floor(y + size - 0.5));
        int left = Math.Max(0, (int)Math.Ceiling(x - size - 0.5)), end = Math.Min(_width - 1, (int)Math.Floor(x + size - 0.5));
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= end; column++)
            {
                double u = (column + 0.5 - x) / size, v = (row + 0.5 - y) / size, square = (u * u) + (v * v);
                int at = (row * _width) + column;
                if (square > 1 || depth >= _depths[at]) continue;
                double light = size > 3 ? Math.Clamp(0.62 + (0.38 * ((Math.Sqrt(1 - square) * 0.8) - (0.245 * (u + v)))), 0.45, 1.1) : 1;
                _depths[at] = depth;
                _colours[at] = colour.Times((float)light).Mixed(Background, fog);
            }
        }
    }

    private Bitmap Averaged()
    {
        Bitmap picture = new(_width / Samples, _height / Samples);
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                int at = (Samples * y * _width) + (Samples * x);
                Rgb a = _colours[at], b = _colours[at + 1], c = _colours[at + _width], d = _colours[at + _width + 1];
                picture.Set(x, y, new((a.R + b.R + c.R + d.R) / 4, (a.G + b.G + c.G + d.G) / 4, (a.B + b.B + c.B + d.B) / 4));
            }
        }

        return picture;
    }
}
