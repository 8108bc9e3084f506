using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace Fmm.Files;

/// <summary>
/// Rows of a chunked dataset. The library is asked for the first element of each chunk that has some of the rows, and hands each
/// decoded chunk to its cache, which is this: from there its rows are copied at the memory's speed.
/// </summary>
internal sealed unsafe class Hdf5Chunks(NativeDataset dataset, long[] shape, int size) : IReadingChunkCache
{
    private const long MostHeld = 64 << 20;
    private readonly long[] _chunk = [.. dataset.Layout.Chunks.Take(shape.Length).Select(one => checked((long)one))];
    private readonly Dictionary<ulong, Memory<byte>> _held = [];
    private Copying? _copying;
    private long _first;
    private long _rows;
    private long _heldBytes;

    // Copies runs of a chunk: the first run's bytes, elements from a run to the next there and in the rows, where the first goes, runs, their length.
    private delegate void Copying(ReadOnlySpan<byte> from, long fromStride, long to, long toStride, long runs, long length);

    /// <summary>Reads rows.</summary>
    public void Read<T>(ElementKind kind, long first, long rows, T* to)
        where T : unmanaged
    {
        if (Array.Exists(_chunk, one => one <= 0)) throw new InvalidDataException("a chunk has no extent");
        _copying = (from, fromStride, at, toStride, runs, length) =>
        {
            fixed (byte* bytes = from) ElementCopy.Copy(kind, bytes, fromStride, to + at, toStride, runs, length);
        };
        long row = shape.Skip(1).Aggregate(1L, (product, one) => product * one);
        int rank = shape.Length;
        ulong[] starts = new ulong[rank], counts = new ulong[rank], ones = new ulong[rank];
        Array.Fill(ones, 1UL);
        ulong[] strides = [.. _chunk.Select(one => (ulong)one)];
        starts[0] = (ulong)(first / _chunk[0] * _chunk[0]);
        counts[0] = (ulong)(((first + rows - 1) / _chunk[0]) - (first / _chunk[0]) + 1);
        for (int d = 1; d < rank; d++) counts[d] = (ulong)((shape[d] + _chunk[d] - 1) / _chunk[d]);
        (_first, _rows) = (first, rows);
        int chunks = checked((int)counts.Aggregate(1UL, (product, one) => checked(product * one)));
        byte[] elements = new byte[checked(chunks * size)];
        dataset.Read<byte>(new H5DatasetAccess(ChunkCache: this), elements.AsSpan(), new HyperslabSelection(rank, starts, strides, counts, ones));
        _copying = null;
    }

    /// <inheritdoc/>
    public Memory<byte> GetChunk(ulong chunkIndex, Func<Memory<byte>> chunkReader)
    {
        if (_held.Remove(chunkIndex, out Memory<byte> chunk)) _heldBytes -= chunk.Length;
        else chunk = chunkReader();
        long[] low = Low(chunkIndex);
        if (chunk.Length < _chunk.Aggregate((long)size, (product, one) => product * one)) throw new InvalidDataException("a chunk is too short");
        Copy(low, chunk.Span);
        Hold(chunkIndex, low[0], chunk);
        return chunk;
    }

    private long[] Low(ulong index)
    {
        long[] low = new long[shape.Length];
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            ulong chunks = (ulong)((shape[d] + _chunk[d] - 1) / _chunk[d]);
            low[d] = (long)(index % chunks) * _chunk[d];
            index /= chunks;
        }

        return low;
    }

    // Who reads slabs that are not whole chunks wants the rest of the last ones next.
    private void Hold(ulong index, long low, Memory<byte> chunk)
    {
        long end = _first + _rows;
        if (low + _chunk[0] <= end || end >= shape[0] || chunk.Length > MostHeld) return;
        if (_heldBytes + chunk.Length > MostHeld)
        {
            _held.Clear();
            _heldBytes = 0;
        }

        _held[index] = chunk;
        _heldBytes += chunk.Length;
    }

    private void Copy(long[] low, ReadOnlySpan<byte> chunk)
    {
        int rank = shape.Length, run = rank - 1;
        while (run > 0 && _chunk[run] == shape[run]) run--;

        // Dimensions after run are whole in each chunk: a run goes through them and its part of dimension run.
        long[] begin = new long[rank], end = new long[rank], inChunk = new long[rank], inRows = new long[rank];
        for (int d = rank - 1; d >= 0; d--)
        {
            begin[d] = d == 0 ? Math.Max(low[0], _first) : low[d];
            end[d] = Math.Min(low[d] + _chunk[d], d == 0 ? _first + _rows : shape[d]);
            if (begin[d] >= end[d]) return;
            inChunk[d] = d == rank - 1 ? 1 : inChunk[d + 1] * _chunk[d + 1];
            inRows[d] = d == rank - 1 ? 1 : inRows[d + 1] * shape[d + 1];
        }

        long length = (end[run] - begin[run]) * inChunk[run];
        int outer = run - 1;
        long runs = outer < 0 ? 1 : end[outer] - begin[outer];
        long[] at = [.. begin];
        do
        {
            long from = 0, to = -_first * inRows[0];
            for (int d = 0; d < rank; d++)
            {
                from += (at[d] - low[d]) * inChunk[d];
                to += at[d] * inRows[d];
            }

            _copying!(chunk[(int)(from * size)..], outer < 0 ? 0 : inChunk[outer], to, outer < 0 ? 0 : inRows[outer], runs, length);
        }
        while (Next(at, begin, end, outer - 1));
    }

    private static bool Next(long[] at, long[] begin, long[] end, int dimension)
    {
        for (int d = dimension; d >= 0; d--)
        {
            if (++at[d] < end[d]) return true;
            at[d] = begin[d];
        }

        return false;
    }
}
