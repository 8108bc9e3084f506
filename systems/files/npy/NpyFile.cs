using System.Numerics;

namespace Fmm.Files;

/// <summary>One array of NumPy as a file of arrays; read once, from its beginning to its end, so that it may come from a pipe.</summary>
internal sealed class NpyFile : IPointArrays
{
    /// <summary>What messages call the array.</summary>
    public const string Array = "array";
    private const long Slab = 1 << 16;
    private readonly Stream _stream;
    private readonly NpyReader _reader;

    private NpyFile(string name, Stream stream)
    {
        Name = name;
        _stream = stream;
        _reader = new NpyReader(stream, name);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => [Array];

    /// <summary>Opens a file, or standard input.</summary>
    /// <exception cref="DataFileException">It can't be read, or holds no array.</exception>
    public static NpyFile Open(string path)
    {
        Stream? stream = null;
        try
        {
            stream = InputFile.Open(path);
            return new NpyFile(InputFile.Name(path), stream);
        }
        catch (Exception fault)
        {
            stream?.Dispose();
            if (InputFile.IsFault(fault)) throw InputFile.Refusal(path, fault);
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Contains(string name) => name == Array;

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape(string name) => _reader.Header.Shape;

    /// <inheritdoc/>
    public long RowsOfASlab(string name) => _reader.Header.IsFortran ? long.MaxValue / 2 : Slab;

    /// <inheritdoc/>
    public bool IsComplex(string name) => _reader.Header.IsComplex;

    /// <inheritdoc/>
    public void ReadRows(string name, long first, Span<double> rows) => _reader.Read(first, rows);

    /// <inheritdoc/>
    public void ReadRows(string name, long first, Span<Complex> rows) => _reader.Read(first, rows);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
