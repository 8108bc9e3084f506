using PureHDF;
using PureHDF.Selections;

namespace Fmm.Files;

/// <summary>A declared dataset of elements of one type.</summary>
internal sealed class Hdf5SpaceOf<T> : Hdf5Space
    where T : unmanaged
{
    private readonly H5Dataset<T[]> _dataset;

    public unsafe Hdf5SpaceOf(string path, long[] shape, Hdf5Layout? layout)
        : base(path, shape, sizeof(T), layout)
    {
        _dataset = new H5Dataset<T[]>(Shape, Chunks, Creation);
    }

    /// <inheritdoc/>
    public override H5Dataset Dataset => _dataset;

    /// <inheritdoc/>
    protected override void WriteElement(H5NativeWriter writer, Selection at) => writer.Write(_dataset, new T[1], fileSelection: at);
}
