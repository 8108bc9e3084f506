using Microsoft.Win32.SafeHandles;

namespace Fmm.Files;

/// <summary>
/// What is read or written in many places, on its way out of or into a pipe: a file in the folder for temporary ones (TMPDIR). It has no name
/// from the moment on that it is open, so that nothing is left of it however the process ends.
/// </summary>
internal sealed class ScratchFile : IDisposable
{
    private const int PieceBytes = 1 << 20;

    // What others who write there at the same time are left.
    private const long SpareBytes = 64 << 20;
    private readonly string _folder;

    private ScratchFile(string folder, SafeFileHandle handle)
    {
        _folder = folder;
        Handle = handle;
    }

    /// <summary>The file, open for reading and writing.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Opens an empty one.</summary>
    /// <param name="name">What messages call the stream that it stands for.</param>
    /// <exception cref="DataFileException">There is no folder for temporary files, or none that can be written.</exception>
    public static ScratchFile Create(string name)
    {
        string folder = Path.GetTempPath(), path = Path.Combine(folder, $"fmm-{Guid.NewGuid():N}");
        try
        {
            SafeFileHandle handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
            if (!OperatingSystem.IsWindows()) File.Delete(path);
            return new ScratchFile(folder, handle);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(name, $"a temporary file is needed for it, and {folder} can't be written ({fault.Message.TrimEnd('.')}); set TMPDIR to a folder that can, or name an ordinary file", fault);
        }
    }

    /// <summary>Takes in a whole stream.</summary>
    /// <param name="path">The stream as the user names it.</param>
    /// <param name="format">The form that it must begin as.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="DataFileException">It can't be read, is of another form or empty, or there is no room for it.</exception>
    public static ScratchFile Of(string path, DataFormat format, CancellationToken cancellation)
    {
        string name = InputFile.Name(path);
        ScratchFile? file = null;
        try
        {
            using Stream stream = InputFile.Open(path);
            file = Create(name);
            file.Take(stream, name, format, cancellation);
            return file;
        }
        catch (Exception fault)
        {
            file?.Dispose();
            if (fault is DataFileException || !InputFile.IsFault(fault)) throw;
            throw InputFile.Refusal(path, fault);
        }
    }

    /// <summary>Writes all of it to a stream.</summary>
    public void CopyTo(Stream stream, CancellationToken cancellation)
    {
        byte[] piece = new byte[PieceBytes];
        long length = RandomAccess.GetLength(Handle);
        for (long at = 0; at < length;)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = (int)Math.Min(piece.Length, length - at);
            Hdf5Source.ReadAt(Handle, piece.AsSpan(0, count), at);
            stream.Write(piece, 0, count);
            at += count;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    private void Take(Stream stream, string name, DataFormat format, CancellationToken cancellation)
    {
        byte[] piece = new byte[PieceBytes];
        long length = 0, most = Math.Max(0, new DriveInfo(_folder).AvailableFreeSpace - SpareBytes);
        while (true)
        {
            // An endless stream of something else must not fill the disk first.
            int count = stream.ReadAtLeast(piece, length == 0 ? FormatSignature.Bytes : 1, throwOnEndOfStream: false);
            if (length == 0) FormatSignature.Require(format, piece.AsSpan(0, count), name);
            if (count == 0) return;
            cancellation.ThrowIfCancellationRequested();
            if (length + count > most) throw NoRoom(name, format, $"more than {most} bytes");
            try
            {
                RandomAccess.Write(Handle, piece.AsSpan(0, count), length);
            }
            catch (Exception fault) when (fault is IOException or ArgumentOutOfRangeException)
            {
                throw NoRoom(name, format, OutputException.Reason(fault));
            }

            length += count;
        }
    }

    private DataFileException NoRoom(string name, DataFormat format, string why) => new(
        name, $"{format.ToString().ToUpperInvariant()} from a pipe is kept in a temporary file, and {_folder} has no room for it ({why}); set TMPDIR to a folder with more, or write it to a file and name that");
}
