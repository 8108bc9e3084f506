using PureHDF;
using PureHDF.Filters;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace Fmm.Files;

/// <summary>A declared dataset and how far it is written.</summary>
/// <remarks>
/// The library declares it and keeps the books of its place and chunks; the elements go past it. Asked to write the first element it
/// shows where a contiguous dataset lies, or asks its cache, which is this, for a chunk, and takes the callback that writes one.
/// </remarks>
internal abstract class Hdf5Space : IWritingChunkCache
{
    private const int LargestElement = 16;
    private readonly byte[] _scribble = new byte[LargestElement];
    private readonly int _size;
    private readonly ulong[] _shape;
    private readonly byte[]? _chunk;
    private readonly long _chunkRows;
    private long _address = -1;

    protected Hdf5Space(string path, long[] shape, int size, Hdf5Layout? layout)
    {
        Path = path;
        _size = size;
        _shape = [.. shape.Select(one => (ulong)one)];
        Rows = shape[0];
        RowElements = shape.Skip(1).Aggregate(1L, (product, one) => checked(product * one));
        _ = checked(Rows * RowBytes);
        _chunkRows = layout?.RowsOfAChunk(Rows, RowBytes) ?? 0;
        if (_chunkRows == 0) return;
        _chunk = new byte[_chunkRows * RowBytes];
        Chunks = [(uint)_chunkRows, .. shape.Skip(1).Select(one => checked((uint)one))];
        Creation = new H5DatasetCreation(this, Filters(layout!));
    }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>All rows.</summary>
    public long Rows { get; }

    /// <summary>Rows written.</summary>
    public long Done { get; private set; }

    /// <summary>Elements of a row.</summary>
    public long RowElements { get; }

    /// <summary>Bytes of a row.</summary>
    public long RowBytes => RowElements * _size;

    /// <summary>True where nothing is missing.</summary>
    public bool IsComplete => Done == Rows || RowElements == 0;

    /// <summary>The library's object, to hang in its group.</summary>
    public abstract H5Dataset Dataset { get; }

    /// <summary>The shape in the library's type.</summary>
    protected ulong[] Shape => _shape;

    /// <summary>The shape of a chunk; null where it is contiguous.</summary>
    protected uint[]? Chunks { get; }

    /// <summary>Filters and cache.</summary>
    protected H5DatasetCreation Creation { get; }

    /// <summary>Writes the next rows.</summary>
    public void Write(H5NativeWriter writer, Hdf5Sink sink, ReadOnlySpan<byte> bytes, long rows)
    {
        if (_chunk is null)
        {
            if (_address < 0) _address = Place(writer, sink);
            sink.WriteAt(bytes, _address + (Done * RowBytes));
            Done += rows;
            return;
        }

        while (rows > 0)
        {
            long inChunk = Done % _chunkRows, count = Math.Min(rows, _chunkRows - inChunk);
            int length = (int)(count * RowBytes);
            bytes[..length].CopyTo(_chunk.AsSpan((int)(inChunk * RowBytes)));
            bytes = bytes[length..];
            rows -= count;
            Done += count;
            if (inChunk + count == _chunkRows || Done == Rows) WriteChunk(writer);
        }
    }

    /// <inheritdoc/>
    public Memory<byte> GetChunk(ulong chunkIndex, Func<Memory<byte>> chunkAllocator, Action<ulong, Memory<byte>> chunkWriter)
    {
        chunkWriter(chunkIndex, _chunk);
        return _scribble;
    }

    /// <inheritdoc/>
    public void Flush(Action<ulong, Memory<byte>> chunkWriter)
    {
    }

    /// <summary>Has the library write one element.</summary>
    protected abstract void WriteElement(H5NativeWriter writer, Selection at);

    private static List<H5Filter> Filters(Hdf5Layout layout)
    {
        List<H5Filter> filters = [];
        if (layout.Gzip) filters.AddRange([ShuffleFilter.Id, DeflateFilter.Id]);
        if (layout.Fletcher32) filters.Add(Fletcher32Filter.Id);
        return filters;
    }

    private void WriteChunk(H5NativeWriter writer)
    {
        long first = (Done - 1) / _chunkRows * _chunkRows;
        _chunk.AsSpan((int)((Done - first) * RowBytes)).Clear();
        WriteElement(writer, At(first));
    }

    private long Place(H5NativeWriter writer, Hdf5Sink sink)
    {
        sink.LastPosition = -1;
        WriteElement(writer, At(0));
        return sink.LastPosition >= 0 && sink.LastLength == _size ? sink.LastPosition
            : throw new InvalidOperationException($"PureHDF does not tell where {Path} lies; this is written for its version 2.2.0");
    }

    private HyperslabSelection At(long row)
    {
        ulong[] start = new ulong[_shape.Length], one = new ulong[_shape.Length];
        Array.Fill(one, 1UL);
        start[0] = (ulong)row;
        return new HyperslabSelection(_shape.Length, start, one);
    }
}
