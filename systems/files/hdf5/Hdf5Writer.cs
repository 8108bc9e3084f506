using System.Numerics;
using Microsoft.Win32.SafeHandles;
using PureHDF;

namespace Fmm.Files;

/// <summary>Writes an HDF5 file: groups, attributes and datasets by their paths; the groups on a path come by themselves.</summary>
/// <remarks>
/// The file is written under a temporary name and gets its own by <see cref="Save"/>; without it nothing is left and what was there
/// stays. All is declared first: attributes and datasets can't be added any more once the first slab is appended, nor to a file that
/// is there. Over PureHDF 2.2.0; not for several threads at once.
/// </remarks>
public sealed class Hdf5Writer : IDisposable
{
    private readonly string _name;
    private readonly ReplacedFile? _file;
    private readonly Hdf5Sink _sink;
    private readonly Hdf5Tree _tree = new();
    private readonly List<Action> _held = [];
    private H5NativeWriter? _writer;
    private bool _done;

    private Hdf5Writer(string name, SafeFileHandle handle, ReplacedFile? file)
    {
        _name = name;
        _file = file;
        _sink = new Hdf5Sink(handle);
    }

    /// <summary>Starts a file that takes the place of one that may be there.</summary>
    /// <exception cref="DataFileException">It can't be written there: a folder, no permission, no such folder.</exception>
    public static Hdf5Writer Create(string path) => Create(path, new OpenOutputs());

    /// <summary>Declares an attribute with a text.</summary>
    /// <param name="path">The group or dataset that has it, / for the file; declared before or after.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="InvalidOperationException">Rows are written already.</exception>
    public void Attribute(string path, string name, string value) => Declare(path, name, value);

    /// <summary>Declares an attribute with a whole number.</summary>
    /// <exception cref="InvalidOperationException">Rows are written already.</exception>
    public void Attribute(string path, string name, long value) => Declare(path, name, value);

    /// <summary>Declares an attribute with a number.</summary>
    /// <exception cref="InvalidOperationException">Rows are written already.</exception>
    public void Attribute(string path, string name, double value) => Declare(path, name, value);

    /// <summary>Declares an attribute with a list of numbers.</summary>
    /// <exception cref="InvalidOperationException">Rows are written already.</exception>
    public void Attribute(string path, string name, double[] value) => Declare(path, name, value);

    /// <summary>Declares a dataset and holds its elements until they are written, at the first slab or by <see cref="Save"/>.</summary>
    /// <typeparam name="T">float, double, int, long or Complex.</typeparam>
    /// <param name="path">Its path.</param>
    /// <param name="elements">All elements, the last dimension the fastest; they must not change until they are written.</param>
    /// <param name="shape">Elements along each dimension, one at least.</param>
    /// <param name="layout">How they lie in the file; null for one contiguous block.</param>
    /// <exception cref="ArgumentException">The shape is of another number of elements, or the path is taken.</exception>
    /// <exception cref="InvalidOperationException">Rows are written already.</exception>
    public void Dataset<T>(string path, ReadOnlyMemory<T> elements, long[] shape, Hdf5Layout? layout = null)
        where T : unmanaged
    {
        long count = shape.Aggregate(1L, (product, one) => checked(product * one));
        if (count != elements.Length) throw new ArgumentException($"{path}: the shape is of {count} elements, and {elements.Length} are given", nameof(elements));
        Hdf5Slabs<T> slabs = Slabs<T>(path, shape, layout);
        _held.Add(() => slabs.Append(elements.Span));
    }

    /// <summary>Declares a dataset whose rows are appended later: so one larger than the memory is written.</summary>
    /// <typeparam name="T">float, double, int, long or Complex.</typeparam>
    /// <param name="path">Its path.</param>
    /// <param name="shape">Elements along each dimension, one at least.</param>
    /// <param name="layout">How they lie in the file; null for one contiguous block.</param>
    /// <exception cref="ArgumentException">The shape or the type is none that can be written, or the path is taken.</exception>
    /// <exception cref="InvalidOperationException">Rows are written already.</exception>
    public Hdf5Slabs<T> Slabs<T>(string path, long[] shape, Hdf5Layout? layout = null)
        where T : unmanaged
    {
        CheckDeclaring(path);
        if (shape.Length == 0 || Array.Exists(shape, one => one < 0)) throw new ArgumentException($"{path}: a shape has one dimension at least, and none is negative", nameof(shape));
        Hdf5Space space = typeof(T) == typeof(Complex) ? new Hdf5SpaceOf<Hdf5Complex>(path, shape, layout)
            : typeof(T) == typeof(double) || typeof(T) == typeof(float) || typeof(T) == typeof(int) || typeof(T) == typeof(long) ? new Hdf5SpaceOf<T>(path, shape, layout)
            : throw new ArgumentException($"{path}: elements of {typeof(T).Name} can't be written; take float, double, int, long or Complex");
        _tree.Add(path, space);
        return new Hdf5Slabs<T>(this, space);
    }

    /// <summary>Writes what is left and gives the file its name.</summary>
    /// <exception cref="InvalidOperationException">Rows of a dataset are missing, or this was called before.</exception>
    /// <exception cref="DataFileException">It can't be written, or not all of it: the disk is full, for one.</exception>
    public void Save() => Finish(durable: false);

    /// <summary>The same, with the bytes on the disk before the file gets its name.</summary>
    internal void Finish(bool durable)
    {
        if (_done) throw new InvalidOperationException($"{_name} is saved already");
        Begin();
        if (_tree.Incomplete is string path) throw new InvalidOperationException($"{_name}: rows of {path} are missing; append them all before Save");
        _done = true;
        Guarded(() =>
        {
            _writer!.Dispose();
            _file?.Commit(durable);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    /// <summary>Starts a file that a signal cleans up.</summary>
    internal static Hdf5Writer Create(string path, OpenOutputs outputs)
    {
        ReplacedFile file = new(path, outputs);
        return new Hdf5Writer(path, file.Handle, file);
    }

    /// <summary>Writes into a file that its owner names and disposes.</summary>
    internal static Hdf5Writer Into(SafeFileHandle file, string name) => new(name, file, null);

    /// <summary>Ends the declarations, and writes what is held.</summary>
    internal void Begin()
    {
        if (_writer is not null) return;
        Guarded(() => _writer = _tree.Build().BeginWrite(_sink));
        foreach (Action held in _held) held();
        _held.Clear();
    }

    /// <summary>Writes rows, and tells in our words what fails.</summary>
    internal void Guarded(ReadOnlySpan<byte> bytes, long rows, Hdf5Space space)
    {
        try
        {
            space.Write(_writer!, _sink, bytes, rows);
        }
        catch (Exception fault) when (Hdf5Faults.IsOfTheFile(fault))
        {
            throw Told(fault);
        }
    }

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (Hdf5Faults.IsOfTheFile(fault))
        {
            throw Told(fault);
        }
    }

    private DataFileException Told(Exception fault) => new(_name, OutputException.Reason(Hdf5Faults.Innermost(fault)), fault);

    private void Declare(string path, string name, object value)
    {
        CheckDeclaring($"{path}, attribute {name}");
        ArgumentNullException.ThrowIfNull(value);
        _tree.Add(path, name, value);
    }

    private void CheckDeclaring(string what)
    {
        if (_writer is not null) throw new InvalidOperationException($"{_name}: {what} comes too late; declare all before the first rows are appended");
    }
}
