using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Files;

/// <summary>
/// M2L's matrices of low rank in one file under PyExaFMM's names: a group <c>m2l/LEVEL</c> with u, s, vt and hashes for each size of boxes, so that
/// the transfer matrix of the vector at place i of hashes is u times the diagonal s times the i-th block of columns of vt. It serves a run with
/// <see cref="TransferStrategy.LowRank"/> as its store; all other operators come from another store, or are computed.
/// </summary>
/// <remarks>
/// Numbers stand in double precision, in the order of the surface's points, component by component, with the kernel's normalisation. Levels count from 2 on, the
/// largest boxes first, whose half width is an attribute; a homogeneous kernel has level 2 alone, for boxes of half width 1. A transfer vector is
/// target minus source in widths of a box. A level is only taken where its key is the one asked for and its checksum is right.
/// </remarks>
/// <param name="path">The file.</param>
/// <param name="others">Where the other operators are kept; null for nowhere.</param>
/// <param name="note">Told in a line what could not be taken from the file, and why; on any thread, one at a time.</param>
public sealed class LowRankFile(string path, OperatorStore? others = null, Action<string>? note = null) : OperatorStore
{
    private const int FirstLevel = 2;

    private readonly List<LowRankLevel> _levels = [];
    private readonly Lock _gate = new();
    private bool _told;

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Whether what is in the file is left alone and all computed anew.</summary>
    public bool Anew { get; init; }

    /// <summary>Whether what is loaded and computed is held, to be written by <see cref="Save"/>.</summary>
    public bool Collects { get; init; }

    /// <summary>The levels that are held, the largest boxes first.</summary>
    public IReadOnlyList<LowRankLevel> Levels
    {
        get
        {
            lock (_gate) return [.. _levels.OrderByDescending(level => level.HalfWidth)];
        }
    }

    /// <summary>Writes the levels that are held, first under a temporary name.</summary>
    /// <exception cref="DataFileException">It can't be written; what stood there before still does.</exception>
    public void Save()
    {
        using Hdf5Writer writer = Hdf5Writer.Create(path);
        int number = FirstLevel;
        foreach (LowRankLevel level in Levels) level.Write(writer, number++);
        writer.Save();
    }

    /// <inheritdoc/>
    internal override PlainMatrices? Load(OperatorKey key, Ledger ledger)
    {
        if (!IsOurs(key)) return others?.Load(key, ledger);
        if (Anew || !File.Exists(path)) return null;
        try
        {
            using Hdf5File file = Hdf5File.Open(path);
            if (LowRankLevel.Read(file, key) is not { } level)
            {
                Tell($"{path}: it holds no M2L of {Described(key)}; computed anew");
                return null;
            }
            Hold(level with { Loaded = true });
            return level.Matrices();
        }
        catch (IOException fault)
        {
            Tell($"M2L is compressed anew: {fault.Message}");
            return null;
        }
    }

    /// <inheritdoc/>
    internal override void Keep(OperatorKey key, PlainMatrices matrices, double seconds)
    {
        if (!IsOurs(key)) others?.Keep(key, matrices, seconds);
        else if (Collects) Hold(LowRankLevel.Of(key, matrices, seconds));
    }

    private static bool IsOurs(OperatorKey key) => key.Part.StartsWith(LowRankTransfer.Prefix, StringComparison.Ordinal);

    private static string Described(OperatorKey key) =>
        FormattableString.Invariant($"{key.Kernel} {key.Parameters}{(key.Parameters.Length > 0 ? ", " : "")}order {key.Order}, {key.Precision.ToString().ToLowerInvariant()} precision, half width {key.HalfWidth:g6}, {key.Part}");

    private void Hold(LowRankLevel level)
    {
        if (!Collects) return;
        lock (_gate) _levels.Add(level);
    }

    // Once is enough for all levels.
    private void Tell(string line)
    {
        lock (_gate)
        {
            if (_told) return;
            _told = true;
            note?.Invoke(line);
        }
    }
}
