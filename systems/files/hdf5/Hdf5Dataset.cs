using PureHDF;
using PureHDF.VOL.Native;

namespace Fmm.Files;

/// <summary>A dataset of an open file: its shape and type, and its elements as numbers.</summary>
public sealed class Hdf5Dataset
{
    private readonly Hdf5File _file;
    private readonly NativeDataset _dataset;
    private readonly ElementKind _kind;
    private readonly Hdf5Elements _elements;

    internal Hdf5Dataset(Hdf5File file, Hdf5Source source, NativeDataset dataset, string path)
    {
        _file = file;
        _dataset = dataset;
        Path = path;
        (Shape, Count, _kind, _elements) = Hdf5Faults.Reading(file.Name, path, () =>
        {
            long[] shape = dataset.Space.Type == H5DataspaceType.Simple ? [.. dataset.Space.Dimensions.Select(one => checked((long)one))] : [];
            long count = dataset.Space.Type == H5DataspaceType.Null ? 0 : shape.Aggregate(1L, (product, one) => checked(product * one));
            return (shape, count, Hdf5Kinds.Of(dataset.Type), new Hdf5Elements(source, dataset, shape, count));
        });
    }

    /// <summary>Its path in the file, without the slash before it.</summary>
    public string Path { get; }

    /// <summary>Elements along each dimension; empty for a single value.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Number of elements.</summary>
    public long Count { get; }

    /// <summary>What the elements are.</summary>
    public Hdf5Type Type => Hdf5Kinds.Public(_kind);

    /// <summary>Its attributes.</summary>
    public Hdf5Attributes Attributes => new(_file, Path, _dataset);

    /// <summary>How it lies in the file, for people: contiguous, or the shape of its chunks.</summary>
    internal string LayoutText => _dataset.Layout.Class == H5DataLayoutClass.Chunked
        ? $"chunks of {string.Join(" x ", _dataset.Layout.Chunks)}"
        : _dataset.Layout.Class.ToString().ToLowerInvariant();

    /// <summary>
    /// Rows that are best read at once: whole chunks, and about a slab of this size.
    /// </summary>
    /// <param name="slabBytes">What a slab may take in memory.</param>
    /// <param name="elementBytes">What an element takes there.</param>
    public long RowsOfASlab(long slabBytes, int elementBytes)
    {
        long rows = Math.Max(1, slabBytes / Math.Max(1, _elements.RowElements * elementBytes));
        long chunk = _elements.ChunkRows;
        return chunk > 0 ? Math.Max(chunk, rows / chunk * chunk) : rows;
    }

    /// <summary>Reads all elements, the last dimension the fastest.</summary>
    /// <typeparam name="T">float, double, int, long or Complex: numbers are converted by their value, never reinterpreted.</typeparam>
    /// <param name="all">Takes <see cref="Count"/> elements.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    /// <exception cref="DataFileException">The elements are of another sort, do not fit into this one, or are damaged.</exception>
    public void Read<T>(Span<T> all)
        where T : unmanaged
    {
        if (all.Length != Count) throw new ArgumentException($"{Path} has {Count} elements, not {all.Length}", nameof(all));
        ReadChecked(0, all);
    }

    /// <summary>Reads whole rows: all elements of some places along the first dimension.</summary>
    /// <typeparam name="T">float, double, int, long or Complex: numbers are converted by their value, never reinterpreted.</typeparam>
    /// <param name="first">The first row.</param>
    /// <param name="rows">Takes the elements of as many rows as it has room for.</param>
    /// <exception cref="ArgumentException">The room is not a number of whole rows, or the dataset does not have so many.</exception>
    /// <exception cref="DataFileException">The elements are of another sort, do not fit into this one, or are damaged.</exception>
    public void ReadRows<T>(long first, Span<T> rows)
        where T : unmanaged
    {
        long row = Math.Max(1, _elements.RowElements), all = Shape.Count == 0 ? Count : Shape[0];
        if (rows.Length % row != 0 || first < 0 || first + (rows.Length / row) > all)
            throw new ArgumentException($"{Path} has {all} rows of {row} elements; {rows.Length} elements from row {first} are no rows of it", nameof(rows));

        ReadChecked(first, rows);
    }

    private void ReadChecked<T>(long first, Span<T> rows)
        where T : unmanaged
    {
        if (rows.IsEmpty) return;
        if (ElementCopy.Size(_kind) == 0)
            throw new DataFileException(_file.Name, $"{Path}: its elements are {(_kind == ElementKind.Text ? "text" : "of a type that is not read here")}, not numbers; name a dataset of numbers");

        try
        {
            if (Hdf5Kinds.IsBigEndian(_dataset.Type)) throw new DataFileException(_file.Name, $"{Path}: {Hdf5Faults.BigEndian}");
            _elements.Read(_kind, first, rows);
        }
        catch (OverflowException fault)
        {
            throw new DataFileException(_file.Name, $"{Path}: a value can't be read as {Name<T>()}: {fault.Message.TrimEnd('.')}", fault);
        }
        catch (InvalidCastException fault)
        {
            throw new DataFileException(_file.Name, $"{Path}: its elements are {Type} and can't be read as {Name<T>()}: {fault.Message}", fault);
        }
        catch (Exception fault) when (Hdf5Faults.IsOfTheFile(fault))
        {
            throw Hdf5Faults.Told(_file.Name, Path, fault);
        }
    }

    private static string Name<T>() =>
        typeof(T) == typeof(double) ? "double precision" : typeof(T) == typeof(float) ? "single precision" : typeof(T) == typeof(int) ? "32-bit whole numbers"
            : typeof(T) == typeof(long) ? "64-bit whole numbers" : typeof(T).Name;
}
