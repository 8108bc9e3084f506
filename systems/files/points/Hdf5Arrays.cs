using System.Numerics;

namespace Fmm.Files;

/// <summary>The datasets of an HDF5 file as arrays.</summary>
internal sealed class Hdf5Arrays(Hdf5File file) : IPointArrays
{
    private const long SlabBytes = 8 << 20;
    private readonly Dictionary<string, Hdf5Dataset> _open = [];

    /// <inheritdoc/>
    public string Name => file.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => file.Datasets();

    /// <inheritdoc/>
    public bool Contains(string name) => file.Contains(name) && file.Datasets().Contains(name);

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape(string name) => Of(name).Shape;

    /// <inheritdoc/>
    public bool IsComplex(string name) => Of(name).Type is Hdf5Type.ComplexSingle or Hdf5Type.ComplexDouble;

    /// <inheritdoc/>
    public void ReadRows(string name, long first, Span<double> rows) => Of(name).ReadRows(first, rows);

    /// <inheritdoc/>
    public void ReadRows(string name, long first, Span<Complex> rows) => Of(name).ReadRows(first, rows);

    /// <inheritdoc/>
    public long RowsOfASlab(string name) => Of(name).RowsOfASlab(SlabBytes, sizeof(double));

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private Hdf5Dataset Of(string name)
    {
        if (!_open.TryGetValue(name, out Hdf5Dataset? found)) _open.Add(name, found = file.Dataset(name));
        return found;
    }
}
