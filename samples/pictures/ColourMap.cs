namespace Fmm.Samples;

/// <summary>Colours of numbers in which equal steps look equal: viridis (van der Walt and Smith 2015), and cool to warm (Moreland 2009) for both signs.</summary>
/// <remarks>The same as the page's, samples/viewer/page/colours.js.</remarks>
internal sealed class ColourMap
{
    private static readonly int[] _viridis = [0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725];
    private static readonly int[] _coolWarm = [0x3b4cc0, 0x6282ea, 0x8db0fe, 0xb8d0f9, 0xdddddd, 0xf5c4ad, 0xf49a7b, 0xde604d, 0xb40426];
    private readonly int[] _stops;
    private readonly double _from;
    private readonly double _to;

    /// <summary>A map.</summary>
    /// <param name="isSigned">Whether numbers of both signs are told apart.</param>
    /// <param name="isDark">Whether the background is dark: the end that would vanish in it is cut off.</param>
    public ColourMap(bool isSigned, bool isDark)
    {
        _stops = isSigned ? _coolWarm : _viridis;
        _from = !isSigned && isDark ? 0.16 : 0;
        _to = isSigned || isDark ? 1 : 0.9;
    }

    /// <summary>The colour at a place of the range.</summary>
    /// <param name="at">0 for the lowest number, 1 for the highest; others count as the nearer.</param>
    public Rgb At(double at)
    {
        double place = (_from + ((_to - _from) * Math.Clamp(double.IsNaN(at) ? 0 : at, 0, 1))) * (_stops.Length - 1);
        int i = Math.Min((int)place, _stops.Length - 2);
        double part = place - i;
        return Rgb.Of(_stops[i]).Mixed(Rgb.Of(_stops[i + 1]), part);
    }
}
