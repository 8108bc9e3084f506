using System.IO.Compression;
using System.Numerics;

namespace Fmm.Files;

/// <summary>The arrays of an archive of NumPy (numpy.savez), by their names without .npy.</summary>
internal sealed class NpzArrays : IPointArrays
{
    private const long Slab = 1 << 16;
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;
    private string? _open;
    private Stream? _stream;
    private NpyReader? _reader;

    private NpzArrays(string name, ZipArchive archive)
    {
        Name = name;
        _archive = archive;
        _entries = archive.Entries.Where(one => one.FullName.EndsWith(".npy", StringComparison.Ordinal)).ToDictionary(one => one.FullName[..^4], StringComparer.Ordinal);
        Names = [.. _entries.Keys.Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Opens an archive; what comes from a pipe is taken in whole before.</summary>
    /// <exception cref="DataFileException">It can't be read, or is none.</exception>
    public static NpzArrays Open(string path, CancellationToken cancellation = default)
    {
        string name = InputFile.Name(path);
        FileStream? stream = null;
        try
        {
            stream = InputFile.IsStream(path)
                ? new FileStream(ScratchFile.Of(path, DataFormat.Npz, cancellation).Handle, FileAccess.Read)
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return new NpzArrays(name, new ZipArchive(stream, ZipArchiveMode.Read));
        }
        catch (Exception fault)
        {
            stream?.Dispose();
            if (fault is InvalidDataException) throw new DataFileException(name, "this is no archive of NumPy, or it is cut off; write it by numpy.savez, or name its form by --format", fault);
            if (InputFile.IsFault(fault)) throw InputFile.Refusal(path, fault);
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape(string name) => Read(name, reader => reader.Header.Shape);

    /// <inheritdoc/>
    public long RowsOfASlab(string name) => Read(name, reader => reader.Header.IsFortran ? long.MaxValue / 2 : Slab);

    /// <inheritdoc/>
    public bool IsComplex(string name) => Read(name, reader => reader.Header.IsComplex);

    /// <inheritdoc/>
    public void ReadRows(string name, long first, Span<double> rows) => ReadElements(name, first, rows);

    /// <inheritdoc/>
    public void ReadRows(string name, long first, Span<Complex> rows) => ReadElements(name, first, rows);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        _archive.Dispose();
    }

    private unsafe void ReadElements<T>(string name, long first, Span<T> rows)
        where T : unmanaged
    {
        fixed (T* to = rows)
        {
            nint at = (nint)to;
            int length = rows.Length;
            Read(name, reader =>
            {
                reader.Read(first, new Span<T>((T*)at, length));
                return length;
            }, first);
        }
    }

    // Rows are asked for in order as a rule: an array is unpacked once.
    private T Read<T>(string name, Func<NpyReader, T> read, long row = long.MaxValue)
    {
        string told = $"{Name}:{name}";
        try
        {
            if (_open != name || _reader!.NextRow > row)
            {
                _stream?.Dispose();
                _stream = _entries[name].Open();
                _reader = new NpyReader(_stream, told);
                _open = name;
            }

            return read(_reader!);
        }
        catch (InvalidDataException fault)
        {
            throw new DataFileException(told, $"the file is damaged ({fault.Message.TrimEnd('.')}); take another copy or write it again", fault);
        }
    }
}
