using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace Fmm.Files;

/// <summary>Where the elements of a dataset lie, and how rows of them come into memory.</summary>
/// <remarks>
/// PureHDF 2.2.0 walks a slab of rows row by row, at 35 to 50 MB/s. It is asked for single elements only: from them the place of a
/// contiguous dataset is learnt, and of a chunked one it hands over whole decoded chunks.
/// </remarks>
internal sealed unsafe class Hdf5Elements
{
    // Large enough for the disk, small enough for the cache of the processor that converts it.
    private const int PieceBytes = 1 << 20;
    private readonly Hdf5Source _source;
    private readonly NativeDataset _dataset;
    private readonly long _count;
    private readonly int _size;
    private readonly Hdf5Chunks? _chunks;
    private long? _address;
    private byte[]? _held;

    public Hdf5Elements(Hdf5Source source, NativeDataset dataset, long[] shape, long count)
    {
        _source = source;
        _dataset = dataset;
        _count = count;
        _size = dataset.Type.Size;
        RowElements = shape.Skip(1).Aggregate(1L, (product, one) => checked(product * one));
        _ = checked(count * Math.Max(1, _size));
        if (dataset.Layout.Class != H5DataLayoutClass.Chunked || count == 0) return;
        _chunks = new Hdf5Chunks(dataset, shape, _size);
        ChunkRows = (long)dataset.Layout.Chunks[0];
    }

    /// <summary>Elements of a row.</summary>
    public long RowElements { get; }

    /// <summary>Rows of a chunk; 0 where there are no chunks.</summary>
    public long ChunkRows { get; }

    /// <summary>Reads elements from a row on.</summary>
    public void Read<T>(ElementKind kind, long firstRow, Span<T> rows)
        where T : unmanaged
    {
        fixed (T* to = rows)
        {
            if (_chunks is not null) _chunks.Read(kind, firstRow, rows.Length / RowElements, to);
            else ReadRun(kind, firstRow * RowElements, to, rows.Length);
        }
    }

    private void ReadRun<T>(ElementKind kind, long first, T* to, long count)
        where T : unmanaged
    {
        FindPlace();
        bool isSame = ElementCopy.IsSame<T>(kind);
        byte[] piece = isSame ? [] : new byte[Math.Min(PieceBytes, count * _size)];
        for (long done = 0; done < count;)
        {
            long most = isSame ? int.MaxValue / 2 / _size : PieceBytes / _size;
            int elements = (int)Math.Min(most, count - done);
            Span<byte> bytes = isSame ? new Span<byte>(to + done, elements * _size) : piece.AsSpan(0, elements * _size);
            ReadBytes(first + done, bytes);
            if (!isSame)
            {
                fixed (byte* from = bytes) ElementCopy.Copy(kind, from, elements, to + done, elements, 1, elements);
            }

            done += elements;
        }
    }

    private void ReadBytes(long first, Span<byte> bytes)
    {
        if (_address is long address) Hdf5Source.ReadAt(_source.Handle, bytes, address + (first * _size));
        else if (_held!.LongLength == _size) for (int at = 0; at < bytes.Length; at += _size) _held.CopyTo(bytes[at..]);
        else _held.AsSpan((int)(first * _size), bytes.Length).CopyTo(bytes);
    }

    /// <summary>Learns where the elements lie: in the file, in the dataset's header (then they are held), or nowhere: all have the fill value.</summary>
    private void FindPlace()
    {
        if (_address is not null || _held is not null) return;
        H5DataLayoutClass layout = _dataset.Layout.Class;
        if (layout == H5DataLayoutClass.VirtualStorage) throw new NotSupportedException("it is put together from other files, which is not read here; copy it with h5repack");
        if (layout == H5DataLayoutClass.Compact)
        {
            _held = new byte[checked((int)(_count * _size))];
            _dataset.Read<byte>(_held.AsSpan());
            return;
        }

        _held = new byte[_size];
        long first = Probe(0);
        if (first < 0) return;
        long last = Probe(_count - 1);
        if (last - first != (_count - 1) * _size) throw new InvalidDataException("its elements do not lie in one block");
        _address = first;
    }

    private long Probe(long element)
    {
        _source.DatasetPosition = -1;
        if (_dataset.Space.Type == H5DataspaceType.Scalar)
        {
            _dataset.Read<byte>(_held.AsSpan());
            return _source.DatasetPosition;
        }

        ulong[] dimensions = _dataset.Space.Dimensions, at = new ulong[dimensions.Length], one = new ulong[dimensions.Length];
        Array.Fill(one, 1UL);
        for (int d = dimensions.Length - 1; d >= 0; d--)
        {
            at[d] = (ulong)(element % (long)dimensions[d]);
            element /= (long)dimensions[d];
        }

        _dataset.Read<byte>(_held.AsSpan(), new HyperslabSelection(dimensions.Length, at, one));
        return _source.DatasetPosition;
    }
}
