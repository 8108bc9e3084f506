using System.Runtime.InteropServices;

namespace Fmm.Files;

/// <summary>A dataset that is declared whole and then written in slabs of rows, from the first to the last.</summary>
/// <typeparam name="T">float, double, int, long or Complex.</typeparam>
/// <remarks>The first rows of any dataset end the declarations of its file.</remarks>
public sealed class Hdf5Slabs<T>
    where T : unmanaged
{
    private readonly Hdf5Writer _writer;
    private readonly Hdf5Space _space;

    internal Hdf5Slabs(Hdf5Writer writer, Hdf5Space space)
    {
        _writer = writer;
        _space = space;
    }

    /// <summary>Its path in the file.</summary>
    public string Path => _space.Path;

    /// <summary>Rows that have not been written yet.</summary>
    public long RowsLeft => _space.Rows - _space.Done;

    /// <summary>Writes the next rows.</summary>
    /// <param name="rows">Whole rows: all elements of each, the last dimension the fastest.</param>
    /// <exception cref="ArgumentException">They are no whole rows, or more than are left.</exception>
    /// <exception cref="DataFileException">They can't be written: the disk is full, for one.</exception>
    public void Append(ReadOnlySpan<T> rows)
    {
        long row = _space.RowElements;
        if (row == 0 ? !rows.IsEmpty : rows.Length % row != 0 || rows.Length / row > RowsLeft)
            throw new ArgumentException($"{Path} has {RowsLeft} rows of {row} elements left; {rows.Length} elements are no rows of it", nameof(rows));

        if (rows.IsEmpty) return;
        _writer.Begin();
        int most = (int)Math.Max(1, int.MaxValue / 2 / _space.RowBytes);
        while (!rows.IsEmpty)
        {
            int count = (int)Math.Min(most, rows.Length / row);
            ReadOnlySpan<T> slab = rows[..(int)(count * row)];
            _writer.Guarded(MemoryMarshal.AsBytes(slab), count, _space);
            rows = rows[slab.Length..];
        }
    }
}
