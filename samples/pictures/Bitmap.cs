namespace Fmm.Samples;

/// <summary>A picture: rows of pixels from the top, three bytes each.</summary>
/// <param name="width">Pixels across.</param>
/// <param name="height">Pixels down.</param>
internal sealed class Bitmap(int width, int height)
{
    /// <summary>Pixels across.</summary>
    public int Width => width;

    /// <summary>Pixels down.</summary>
    public int Height => height;

    /// <summary>Red, green, blue of each pixel.</summary>
    public byte[] Bytes { get; } = new byte[3 * width * height];

    /// <summary>Sets a pixel; nothing outside.</summary>
    public void Set(int x, int y, Rgb colour)
    {
        if (x < 0 || y < 0 || x >= width || y >= height) return;
        int at = 3 * ((y * width) + x);
        (Bytes[at], Bytes[at + 1], Bytes[at + 2]) = (Channel(colour.R), Channel(colour.G), Channel(colour.B));
    }

    /// <summary>Fills a rectangle.</summary>
    public void Fill(int left, int top, int right, int bottom, Rgb colour)
    {
        for (int y = top; y < bottom; y++)
            for (int x = left; x < right; x++) Set(x, y, colour);
    }

    /// <summary>Writes words in the small font, so many pixels a dot.</summary>
    /// <returns>Where the next letter would stand.</returns>
    public int Write(string words, int left, int top, int dot, Rgb colour)
    {
        foreach (char letter in words)
        {
            ReadOnlySpan<byte> columns = PixelFont.Columns(letter);
            for (int x = 0; x < columns.Length; x++)
                for (int y = 0; y < PixelFont.Height; y++)
                    if ((columns[x] & (1 << y)) != 0) Fill(left + (x * dot), top + (y * dot), left + ((x + 1) * dot), top + ((y + 1) * dot), colour);
            left += (columns.Length + 1) * dot;
        }

        return left;
    }

    private static byte Channel(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
