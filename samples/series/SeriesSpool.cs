using System.Runtime.InteropServices;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>
/// The steps of a time series until its file is written: how many there will be is known only at the end, and an HDF5 file's datasets are
/// declared before its first row. A file without a name where the system knows such, so that nothing is left of a run that is killed.
/// </summary>
internal sealed class SeriesSpool : IDisposable
{
    private readonly FileStream _file;

    /// <summary>Opens it.</summary>
    /// <param name="folder">Where the series will be: what fits there fits here.</param>
    public SeriesSpool(string folder)
    {
        string name = Path.Combine(folder, $".fmm-steps-{Environment.ProcessId}-{Guid.NewGuid():N}");
        _file = new FileStream(name, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, Options = FileOptions.DeleteOnClose, BufferSize = 0 });
        if (!OperatingSystem.IsWindows()) File.Delete(name);
    }

    /// <summary>Adds bytes; allocates nothing.</summary>
    /// <exception cref="OutputException">The disk is full.</exception>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file.Write(bytes);
        }
        catch (IOException fault)
        {
            throw new OutputException("--output, the steps until the file is written", fault);
        }
    }

    /// <summary>Goes back to the first byte, to read.</summary>
    public void Rewind() => _file.Position = 0;

    /// <summary>Reads the next numbers.</summary>
    public void Read<T>(Span<T> numbers)
        where T : unmanaged => _file.ReadExactly(MemoryMarshal.AsBytes(numbers));

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
