using System.CommandLine;

namespace Fmm.Samples;

/// <summary>The options by which a scene that moves leaves pictures and a time series.</summary>
internal sealed class SeriesOptions
{
    private const string Frames = "--frames", FramesEvery = "--frames-every", Output = "--output", OutputEvery = "--output-every";

    private readonly Option<string?> _frames = new(Frames)
    {
        Description = "Write pictures of the points into a folder, PNG, numbered from frame-000000.png; the command that makes a film of them is told at the end",
        HelpName = "DIR",
    };

    private readonly Option<int?> _framesEvery = OptionShapes.WholeNumber(FramesEvery, "N", 1, int.MaxValue, $"Steps from one picture of {Frames} to the next (default 1)");

    private readonly Option<string?> _output = new(Output)
    {
        Description = "Write the bodies as a time series: HDF5, and beside it an .xdmf by which ParaView opens it; both are there at the end, whole or not at all",
        HelpName = "FILE.h5",
    };

    private readonly Option<int?> _outputEvery = OptionShapes.WholeNumber(OutputEvery, "N", 1, int.MaxValue, $"Steps from one that {Output} writes to the next (default a tenth of the steps)");

    /// <summary>Adds the options to a command.</summary>
    public SeriesOptions(Command command)
    {
        foreach (Option option in new Option[] { _frames, _framesEvery, _output, _outputEvery }) command.Options.Add(option);
    }

    /// <summary>Their names, for scenes that do not move.</summary>
    public static IReadOnlyList<string> Names { get; } = [Frames, FramesEvery, Output, OutputEvery];

    /// <summary>Where pictures go, and how often; null where none are asked for.</summary>
    /// <exception cref="InputException">How often, but not where.</exception>
    public (string Folder, int Every)? Pictures(ParseResult parsed)
    {
        string? folder = parsed.GetValue(_frames);
        int? every = parsed.GetValue(_framesEvery);
        if (folder is null && every is not null) throw Alone(FramesEvery, Frames);
        return folder is null ? null : (folder, every ?? 1);
    }

    /// <summary>Where the series goes, and how often: null for a tenth of the steps; null where none is asked for.</summary>
    /// <exception cref="InputException">How often, but not where.</exception>
    public (string File, int? Every)? Series(ParseResult parsed)
    {
        string? file = parsed.GetValue(_output);
        int? every = parsed.GetValue(_outputEvery);
        if (file is null && every is not null) throw Alone(OutputEvery, Output);
        return file is null ? null : (file, every);
    }

    private static InputException Alone(string option, string needed) => new($"{option} tells how often {needed} writes; add {needed} or leave it out");
}
