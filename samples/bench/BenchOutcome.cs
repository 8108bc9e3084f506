namespace Fmm.Samples;

/// <summary>What came of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Points">Points.</param>
/// <param name="Trials">All orders and leaf capacities that were tried.</param>
/// <param name="Skipped">Why nothing ran; null where something did.</param>
internal sealed record BenchOutcome(BenchCase Case, int Points, IReadOnlyList<BenchTrial> Trials, string? Skipped = null)
{
    /// <summary>Seconds of the best trial's order and leaf capacity on one thread; null where that was not measured.</summary>
    public double? OneThreadSeconds { get; init; }

    /// <summary>Seconds on one thread by seconds on all; null where that was not measured.</summary>
    public double? SpeedUp => OneThreadSeconds / Best?.Seconds;

    /// <summary>M2L by each strategy, with the order and the leaf capacity of the best trial.</summary>
    public IReadOnlyList<TransferTimes> Transfers { get; init; } = [];

    /// <summary>Number of points that the targets are set for.</summary>
    public const int TargetPoints = 1_000_000;

    /// <summary>The fastest trial that is exact enough; the most exact one where none is; null where nothing ran.</summary>
    public BenchTrial? Best =>
        Trials.Where(trial => Case.IsReachedBy(trial.Error)).MinBy(trial => trial.Seconds) ?? Trials.MinBy(trial => trial.Error);

    /// <summary>Whether the best trial is exact and fast enough; null where no target is set for so many points.</summary>
    /// <param name="peak">FMA peak of the precision in floating-point operations a second.</param>
    public bool? Met(double peak) => Points != TargetPoints || Best is not BenchTrial best
        ? null
        : Case.IsReachedBy(best.Error) && best.Seconds * peak / 1e9 <= Case.TargetEquivalents;
}
