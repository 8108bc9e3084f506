using System.Globalization;

namespace Fmm.Samples;

/// <summary>The bar of colours in a corner of a picture, with its lowest and highest number and what they are.</summary>
internal static class Legend
{
    private const int Margin = 20, Dot = 2, BarWidth = 220, BarHeight = 10;

    /// <summary>Draws it at the lower left, and a line of words at the upper left.</summary>
    public static void Draw(Bitmap picture, string title, string name, ColourMap map, NumberRange range, bool isDark)
    {
        Rgb ink = isDark ? Rgb.Of(0xb9c2d8) : Rgb.Of(0x333a4d);
        int line = PixelFont.Height * Dot, bottom = picture.Height - Margin, bar = bottom - line - 6;
        picture.Write(title, Margin, Margin, Dot, ink);
        picture.Write(name, Margin, bar - BarHeight - 6 - line, Dot, ink);
        for (int x = 0; x < BarWidth; x++) picture.Fill(Margin + x, bar - BarHeight, Margin + x + 1, bar, map.At(x / (BarWidth - 1.0)));
        string low = Short(range.Low), high = Short(range.High);
        picture.Write(low, Margin, bottom - line, Dot, ink);
        picture.Write(high, Margin + BarWidth - (high.Length * (PixelFont.Width + 1) * Dot), bottom - line, Dot, ink);
    }

    /// <summary>A number in three digits.</summary>
    public static string Short(double value) => value.ToString(Math.Abs(value) is >= 1e5 or (< 1e-3 and > 0) ? "0.0e+0" : "0.###", CultureInfo.InvariantCulture);
}
