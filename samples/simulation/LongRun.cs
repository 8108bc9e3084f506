namespace Fmm.Samples;

/// <summary>What a run of many steps keeps, and what it goes on from.</summary>
public sealed record LongRun
{
    /// <summary>The option of <see cref="CheckpointEvery"/>.</summary>
    public const string EveryOption = "--checkpoint-every";

    /// <summary>The option of <see cref="Checkpoint"/>.</summary>
    public const string CheckpointOption = "--checkpoint";

    /// <summary>The option of <see cref="Resume"/>.</summary>
    public const string ResumeOption = "--resume";

    /// <summary>The file of checkpoints; null for none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Steps from a checkpoint to the next; null for one at the end alone, be that the last step or a signal.</summary>
    public int? CheckpointEvery { get; init; }

    /// <summary>The file of a checkpoint to go on from; null to begin at the beginning.</summary>
    public string? Resume { get; init; }
}
