using System.CommandLine;

namespace Fmm.Samples;

/// <summary>The option by which a finished field is drawn.</summary>
internal static class PlotOption
{
    /// <summary>Its name, for scenes that have no field to draw.</summary>
    public const string Name = "--plot";

    /// <summary>Makes it.</summary>
    public static Option<string?> Make() => new(Name)
    {
        Description = "Draw the field: the targets coloured by their potential, as PNG or SVG by the ending",
        HelpName = "FILE.png",
    };
}
