using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Files;

/// <summary>
/// Operators kept in a folder, a file for each size of boxes and each part of the method: docs/operators.md has the layout. A file is only
/// taken where its key is the one asked for and its checksum is right; otherwise the operators are computed and the file is written
/// anew, with a line to <paramref name="note"/>.
/// </summary>
/// <remarks>Files are written under a temporary name and renamed: any number of processes may use one folder. No fault of a file ends a run.</remarks>
/// <param name="folder">The folder, which is made when the first file is; null for <see cref="DefaultFolder"/>.</param>
/// <param name="policy">When it is asked, and what it keeps.</param>
/// <param name="note">Told in a line what could not be loaded or kept, and why; on any thread, one at a time.</param>
public sealed class OperatorCache(string? folder = null, OperatorCachePolicy policy = OperatorCachePolicy.WhereItPays, Action<string>? note = null) : OperatorStore
{
    // Loading is this fast at least after opening a file, seen on a machine that had other work for its two cores (perf, operators). Opening
    // takes a tenth of this; the rest is a file's part of the first use in a process, and keeps a busy machine's slowness from passing for work.
    private const double LoadedBytesPerSecond = 5e8, OpeningSeconds = 2e-2;

    // The share of computing that loading may take.
    private const double LargestShare = 0.1;

    private const int LargestQuickOrder = 10;

    private readonly ConcurrentDictionary<string, bool> _refused = new();
    private readonly List<OperatorCacheEntry> _entries = [];
    private readonly Lock _gate = new();
    private bool _deaf;

    /// <summary>The folder that the platform has for such files, with <c>fmm/operators</c> in it: of <c>XDG_CACHE_HOME</c> or <c>~/.cache</c> on Linux.</summary>
    public static string DefaultFolder { get; } = Path.Combine(PlatformFolder(), "fmm", "operators");

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder ?? DefaultFolder);

    /// <summary>When it is asked, and what it keeps.</summary>
    public OperatorCachePolicy Policy => policy;

    /// <summary>Whether all that was to be kept is.</summary>
    public bool IsKept => !_deaf;

    /// <summary>What was loaded and kept until now.</summary>
    public IReadOnlyList<OperatorCacheEntry> Entries
    {
        get
        {
            lock (_gate) return [.. _entries];
        }
    }

    /// <inheritdoc/>
    internal override PlainMatrices? Load(OperatorKey key, Ledger ledger)
    {
        if (policy == OperatorCachePolicy.Renew || IsQuick(key)) return null;
        string file = FileOf(key);
        long start = Stopwatch.GetTimestamp();
        try
        {
            if (!File.Exists(file)) return null;
            PlainMatrices matrices = OperatorFile.Read(file, key, ledger);
            Enter(key, file, loaded: true, Stopwatch.GetElapsedTime(start).TotalSeconds);
            return matrices;
        }
        catch (Exception fault) when (IsOfTheFile(fault))
        {
            _refused[file] = true;
            Tell($"operators are computed anew: {fault.Message}");
            return null;
        }
    }

    /// <inheritdoc/>
    internal override void Keep(OperatorKey key, PlainMatrices matrices, double seconds)
    {
        string file = FileOf(key);
        bool pays = seconds * LargestShare >= OpeningSeconds + (OperatorFile.Bytes(matrices) / LoadedBytesPerSecond);
        if (IsQuick(key) || _deaf || (policy == OperatorCachePolicy.WhereItPays && !pays && !_refused.ContainsKey(file))) return;
        try
        {
            Directory.CreateDirectory(Folder);
            OperatorFile.Write(file, key, matrices, seconds);
            _refused.TryRemove(file, out _);
            Enter(key, file, loaded: false, seconds);
        }
        catch (Exception fault) when (IsOfTheFile(fault))
        {
            // What can't be written once is not tried for each level, and not told for each.
            if (!Interlocked.Exchange(ref _deaf, true)) Tell($"operators can't be kept in {Folder}, and are computed in each run: {fault.Message}");
        }
    }

    /// <summary>The file of a key: readable by people, told apart by the digest.</summary>
    internal string FileOf(OperatorKey key)
    {
        string part = new([.. key.Part.Where(char.IsAsciiLetterOrDigit)]), kernel = new([.. key.Kernel.Where(char.IsAsciiLetterOrDigit).Take(40)]);
        return Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{kernel}-p{key.Order}-{(key.Precision == Precision.Single ? "f32" : "f64")}-{part}-{key.Digest}.h5"));
    }

    // Where a clock need not be asked: one set of operators serves all levels, and takes some hundredths of a second.
    private bool IsQuick(OperatorKey key) => policy == OperatorCachePolicy.WhereItPays && key.Degree is not null && key.Order <= LargestQuickOrder;

    private static bool IsOfTheFile(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or NotSupportedException or InvalidDataException or System.Security.SecurityException;

    private static string PlatformFolder()
    {
        if (OperatingSystem.IsWindows()) return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        string home = Environment.GetEnvironmentVariable("HOME") ?? Path.GetTempPath();
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Caches");
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return string.IsNullOrEmpty(cache) || !Path.IsPathRooted(cache) ? Path.Combine(home, ".cache") : cache;
    }

    private void Enter(OperatorKey key, string file, bool loaded, double seconds)
    {
        OperatorCacheEntry entry = new(file, key.Kernel, key.Part, key.HalfWidth, loaded, seconds, new FileInfo(file).Length);
        lock (_gate) _entries.Add(entry);
    }

    private void Tell(string line)
    {
        lock (_gate) note?.Invoke(line);
    }
}
