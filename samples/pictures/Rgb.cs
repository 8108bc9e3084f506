namespace Fmm.Samples;

/// <summary>A colour, each channel from 0 to 255.</summary>
internal readonly record struct Rgb(float R, float G, float B)
{
    /// <summary>A colour written as 0xRRGGBB.</summary>
    public static Rgb Of(int hex) => new((hex >> 16) & 255, (hex >> 8) & 255, hex & 255);

    /// <summary>Part of the way to another.</summary>
    public Rgb Mixed(Rgb other, double part)
    {
        float p = (float)part;
        return new(R + (p * (other.R - R)), G + (p * (other.G - G)), B + (p * (other.B - B)));
    }

    /// <summary>Darker or lighter.</summary>
    public Rgb Times(float factor) => new(R * factor, G * factor, B * factor);
}
