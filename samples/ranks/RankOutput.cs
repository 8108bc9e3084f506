using Fmm.Engine;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>Where the field of all ranks goes: into one file that rank 0 writes, or into a part of each rank and an index. It exists on all ranks whole, or on none at all.</summary>
internal sealed class RankOutput : IDisposable
{
    private readonly FieldOutput? _whole;
    private readonly FieldParts? _parts;

    private RankOutput(FieldOutput? whole, FieldParts? parts)
    {
        _whole = whole;
        _parts = parts;
    }

    /// <summary>The option for a file of each rank.</summary>
    public const string PartsOption = "--parts";

    /// <summary>One file; null on ranks that do not write it.</summary>
    public static RankOutput One(FieldOutput? output) => new(output, null);

    /// <summary>A part of each rank, and an index.</summary>
    /// <param name="ranks">The ranks; none waits for another here.</param>
    /// <param name="path">The index.</param>
    /// <param name="form">Its form.</param>
    /// <param name="inputs">Files that are read.</param>
    /// <param name="outputs">Who cleans up where a signal ends the process.</param>
    /// <exception cref="InputException">It can't be written, or not in parts.</exception>
    public static RankOutput InParts(IRanks ranks, string path, DataFormat form, string[] inputs, OpenOutputs outputs)
    {
        if (DataLocation.Of(path, form).Format != DataFormat.Hdf5 || path == "-" || InputFile.IsStream(path))
            throw new InputException($"{PartsOption}: a field in parts is HDF5 files; name the index by --output, such as --output field.h5, or leave {PartsOption} out");
        FieldOutput.RequireNoInput(path, ranks.Rank == 0 ? path : FieldParts.Name(path, ranks.Rank), inputs);
        FieldOutput.RequireNoInput(path, FieldParts.Name(path, ranks.Rank), inputs);
        try
        {
            return new RankOutput(null, FieldParts.Open(path, ranks.Rank, outputs));
        }
        catch (DataFileException fault)
        {
            throw new InputException($"--output {fault.Message}", fault);
        }
    }

    /// <summary>Refuses more charge vectors than the form has room for.</summary>
    /// <exception cref="InputException">It draws one alone.</exception>
    public void RequireRoom(int vectors) => _whole?.RequireRoom(vectors);

    /// <summary>Writes the field of all ranks; all of them call it.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">This rank's rows.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OutputException">It can't be written, or not all of it.</exception>
    /// <exception cref="AgreedException">The same, where there are several ranks.</exception>
    public void Save(IRanks ranks, FieldData own, CancellationToken cancellation)
    {
        if (_parts is not null)
        {
            SaveParts(_parts, ranks, own, cancellation);
            return;
        }

        if (ranks.Count == 1)
        {
            _whole!.Save(own, cancellation);
            return;
        }

        // The one who writes ends the others' service, whatever happens.
        ranks.Do(() =>
        {
            using GatheredRows? rows = GatheredRows.Open(ranks, own);
            if (rows is not null) _whole!.Save(own with { Elsewhere = rows }, cancellation);
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _parts?.Dispose();
        _whole?.Dispose();
    }

    private static void SaveParts(FieldParts parts, IRanks ranks, FieldData own, CancellationToken cancellation)
    {
        own = own with { Targets = default, Arrays = own.Arrays?.Where(array => array != FieldArray.Target).ToArray() };
        long[] counts = ranks.Gather((long)own.Count);
        foreach (Action step in (Action[])[() => parts.Write(own, counts, cancellation), parts.NamePart, parts.NameIndex]) ranks.Do(() => Told(step));
        parts.Keep();
    }

    private static void Told(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is (IOException or UnauthorizedAccessException or ArgumentOutOfRangeException) and not OutputException)
        {
            throw new OutputException($"--output {(fault is DataFileException ? fault.Message : OutputException.Reason(fault))}");
        }
    }
}
