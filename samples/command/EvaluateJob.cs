using Fmm.Components;
using Fmm.Engine;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>What a call of <c>fmm evaluate</c> reads, computes and writes, its files open.</summary>
/// <param name="settings">The method's settings.</param>
/// <param name="from">The sources.</param>
/// <param name="at">The targets; null for those of the sources' file, or the sources.</param>
/// <param name="isNamed">Whether the command line names the sources; else the configuration does.</param>
/// <param name="run">The way to the engine.</param>
internal sealed class EvaluateJob(FieldSettings settings, DataLocation from, DataLocation? at, bool isNamed, FieldRun run) : IDisposable
{
    /// <summary>The method's settings.</summary>
    public FieldSettings Settings => settings;

    /// <summary>The way to the engine.</summary>
    public FieldRun Run => run;

    /// <summary>What messages call the sources.</summary>
    public string Subject => InputFile.Name(from.File);

    /// <summary>Where the field goes; null for nowhere.</summary>
    public RankOutput? Output { get; set; }

    /// <summary>The picture of the field; null for none.</summary>
    public FieldPlot? Plot { get; set; }

    // The older generation's sources and densities are files of their own.
    private bool SourcesReadByAll(RunConfig config) => PointShares.IsReadByAll(from) && (isNamed || config.Points is not null);

    /// <summary>The files that all ranks read, and so must be the same on all of them.</summary>
    /// <param name="config">The configuration.</param>
    public IEnumerable<(string Name, string Value)> Inputs(RunConfig config)
    {
        if (SourcesReadByAll(config)) yield return (from.File, Fingerprint.Of(from.File));
        if (at is not null && at.File != from.File && PointShares.IsReadByAll(at)) yield return (at.File, Fingerprint.Of(at.File));
    }

    /// <summary>Reads this rank's points: its own rows of a file of arrays, or what rank 0 hands out of a table or a pipe.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="guard">Refuses more points than there is memory for.</param>
    /// <param name="note">Told what of a file is used otherwise than its user may think.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Sources with their charges, and targets; null where those are the sources.</returns>
    public (PointSet Sources, Position[]? Targets) Read(IRanks ranks, RunConfig config, MemoryGuard guard, Action<string> note, CancellationToken cancellation)
    {
        PointRequest request = new(
            run.SourceComponents, at is null, note, rows => run.CheckMemory(guard, $"{Subject} with {rows} points and more", rows, null, copies: 1), cancellation)
        {
            ChargeColumns = run.ChargeColumns,
            Vectors = settings.Vectors,
        };
        PointSet points = Sources(ranks, config, request);
        if (at is null) return (points, points.Targets);
        int sources = points.Sources.Length;
        PointRequest places = new(
            run.SourceComponents, false, note, rows => run.CheckMemory(guard, $"{Subject} with {rows} targets and more", sources, rows, copies: 0), cancellation);
        return (points, ReadTargets(ranks, at, places));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Plot?.Dispose();
        Output?.Dispose();
    }

    private PointSet Sources(IRanks ranks, RunConfig config, PointRequest request)
    {
        if (ranks.Count == 1) return Read(config, request);
        if (!SourcesReadByAll(config)) return PointShares.HandOut(ranks, ranks.Do(() => ranks.Rank == 0 ? Read(config, request) : null), run.SourceComponents);
        PointSet own = ranks.Do(() => Read(config, request with { Share = new RowShare(ranks.Rank, ranks.Count) }));
        return PointShares.WithoutEqualTargets(ranks, own, () => request.Note?.Invoke(ArrayPoints.NoteOf(Subject)));
    }

    private PointSet Read(RunConfig config, PointRequest request) => isNamed ? PointFiles.Read(from, request) : ConfigPoints.Read(config, request);

    private static Position[] ReadTargets(IRanks ranks, DataLocation at, PointRequest request)
    {
        if (ranks.Count == 1) return PointFiles.ReadTargets(at, request);
        if (PointShares.IsReadByAll(at)) return ranks.Do(() => PointFiles.ReadTargets(at, request with { Share = new RowShare(ranks.Rank, ranks.Count) }));
        return PointShares.HandOut(ranks, ranks.Do(() => ranks.Rank == 0 ? PointFiles.ReadTargets(at, request) : null));
    }
}
