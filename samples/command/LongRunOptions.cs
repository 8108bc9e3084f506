using System.CommandLine;

namespace Fmm.Samples;

/// <summary>The options of scenes that move: what a long run keeps, and what it goes on from.</summary>
internal sealed class LongRunOptions
{
    private readonly Option<int?> _every = OptionShapes.WholeNumber(
        LongRun.EveryOption, "N", 1, int.MaxValue, $"Write a checkpoint after every N steps, and after the last (to {LongRun.CheckpointOption}, or SCENE.checkpoint.h5)");

    private readonly Option<string?> _checkpoint = new(LongRun.CheckpointOption)
    {
        Description = $"HDF5 file of checkpoints; without {LongRun.EveryOption} one is written after the last step, also where a signal ends the run",
        HelpName = "FILE.h5",
    };

    private readonly Option<string?> _resume = new(LongRun.ResumeOption)
    {
        Description = "Go on from a checkpoint of this scene: the other options must be those that it was written with, --steps, --threads and files apart",
        HelpName = "FILE.h5",
    };

    /// <summary>Enters them.</summary>
    public LongRunOptions(Command command)
    {
        command.Options.Add(_every);
        command.Options.Add(_checkpoint);
        command.Options.Add(_resume);
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [LongRun.EveryOption, LongRun.CheckpointOption, LongRun.ResumeOption];

    /// <summary>What a command line asks for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="scene">The scene's name.</param>
    public LongRun Of(ParseResult parsed, string scene) => new()
    {
        CheckpointEvery = parsed.GetValue(_every),
        Checkpoint = parsed.GetValue(_checkpoint) ?? (parsed.GetValue(_every) is null ? null : $"{scene}.checkpoint.h5"),
        Resume = parsed.GetValue(_resume),
    };
}
