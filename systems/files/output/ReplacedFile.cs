using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fmm.Files;

/// <summary>
/// A file that exists either whole or not at all: written under a temporary name beside its target and renamed by
/// <see cref="Commit"/>. It takes mode and owner of the file that it replaces; a link stays a link, and what it leads to is replaced.
/// </summary>
internal sealed class ReplacedFile : IUnfinishedFile, IDisposable
{
    private const int DeviceBusy = 16;
    private static int _number;
    private readonly string _target;
    private readonly OpenOutputs _outputs;
    private string? _temporary;
    private FileStream? _stream;
    private bool _left;

    /// <summary>Opens the temporary file, after removing those that dead processes left in the same folder.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="outputs">The files that a signal has to clean up.</param>
    /// <exception cref="DataFileException">The path is a folder, lies in no folder, is read-only or can't be written.</exception>
    public ReplacedFile(string path, OpenOutputs outputs)
    {
        Name = path;
        _outputs = outputs;
        if (path.Length == 0) throw Refuse("the name is empty; name a file");
        try
        {
            string full = Path.GetFullPath(path);
            Identity = FileIdentity.Of(path);
            _target = Target(full);
            if (Directory.Exists(_target) || path.EndsWith(Path.DirectorySeparatorChar)) throw new DataFileException(path, "this is a folder; name a file in it");
            if (Identity is { Kind: not FileKind.Regular }) throw Refuse("this is a pipe, a socket or a device; name an ordinary file");
            CheckWritable();
            string folder = Path.GetDirectoryName(_target)!;
            if (!Directory.Exists(folder)) throw Refuse($"there is no folder {folder}{(_target == full ? "" : ", where the link leads")}; create it first");
            PartialFiles.RemoveDead(folder);
            outputs.Enter(this, () => Create(folder));
        }
        catch (Exception fault) when (fault is (IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException) and not DataFileException)
        {
            throw Refuse(fault.Message, fault);
        }
    }

    /// <summary>The file as the user named it.</summary>
    public string Name { get; }

    /// <summary>The file that is there before anything is written; null where there is none.</summary>
    public FileIdentity? Identity { get; }

    /// <summary>The temporary file, open for reading and writing.</summary>
    public SafeFileHandle Handle => _stream!.SafeFileHandle;

    /// <summary>The temporary file as a stream.</summary>
    public Stream Stream => _stream!;

    /// <summary>Closes the file and gives it its name.</summary>
    /// <param name="durable">Whether its bytes are on the disk before, so that the name leads to a whole file after a power cut, too.</param>
    /// <exception cref="IOException">The name can't be taken.</exception>
    public void Commit(bool durable = false) => _outputs.Finish(() =>
    {
        if (durable) RandomAccess.FlushToDisk(Handle);
        _stream!.Dispose();
        Rename();
        _temporary = null;
    });

    /// <inheritdoc/>
    public void Abandon()
    {
        if (_temporary is not null) File.Delete(_temporary);
        _temporary = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_left) return;
        _left = true;
        _outputs.Leave(this);
        try
        {
            _stream?.Dispose();
        }
        catch (IOException)
        {
            // The disk is full: what could not be flushed is about to be deleted.
        }

        Abandon();
    }

    private string Target(string full)
    {
        try
        {
            return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        }
        catch (IOException fault)
        {
            throw Refuse($"its links can't be followed ({fault.Message}); name the file itself", fault);
        }
    }

    // The superuser may write everything, and so would replace what its owner has protected: the mode counts, not what is permitted.
    private void CheckWritable()
    {
        const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        bool readOnly = Identity is { } there ? (there.Mode & AnyWrite) == 0
            : !OperatingSystem.IsLinux() && File.Exists(_target) && (File.GetAttributes(_target) & FileAttributes.ReadOnly) != 0;
        if (readOnly) throw Refuse("the file is read-only; make it writable (chmod u+w) or name another");
        if (!OperatingSystem.IsLinux() || Posix.Access(_target, Posix.WriteAccess) == 0) return;

        // The temporary name says nothing about whether this one can be taken: found out now, not when all is computed.
        string? fault = Marshal.GetLastPInvokeError() switch
        {
            Posix.NameTooLong => "the name is too long for the file system; take a shorter one",
            Posix.NoAccess or Posix.NotPermitted or Posix.ReadOnlySystem when Identity is not null => "writing to this file is not permitted; name another",
            _ => null,
        };
        if (fault is not null) throw Refuse(fault);
    }

    private void Create(string folder)
    {
        try
        {
            // Threads of this process get numbers of their own; a process of the same number and start, in another container, may hold one.
            while (_stream is null)
            {
                string temporary = Path.Combine(folder, PartialFiles.Name(Interlocked.Increment(ref _number)));
                if (File.Exists(temporary)) continue;
                FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
                if (Identity is { } there && !OperatingSystem.IsWindows()) options.UnixCreateMode = there.Mode;
                _stream = new FileStream(temporary, options);
                _temporary = temporary;
            }

            if (Identity is { } old) KeepOwnerAndMode(old);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw Refuse("writing is not permitted; check the folder's permissions", fault);
        }
    }

    private void KeepOwnerAndMode(FileIdentity old)
    {
        int descriptor = (int)_stream!.SafeFileHandle.DangerousGetHandle();
        FileIdentity? made = FileIdentity.Of(descriptor);
        // Only the superuser may give files away, but everybody may keep a group that is theirs.
        if ((made?.User, made?.Group) != (old.User, old.Group) && Posix.ChangeOwner(descriptor, old.User, old.Group) != 0)
            _ = Posix.ChangeOwner(descriptor, uint.MaxValue, old.Group);

        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_stream.SafeFileHandle, old.Mode);
    }

    private void Rename()
    {
        try
        {
            File.Move(_temporary!, _target, overwrite: true);
        }
        catch (IOException fault) when (fault.HResult == DeviceBusy)
        {
            // The file is a mount point (a container's volume): its name can't be taken, its content can.
            File.Copy(_temporary!, _target, overwrite: true);
            File.Delete(_temporary!);
        }
    }

    private DataFileException Refuse(string reason, Exception? cause = null) => new(Name, $"can't be written: {reason}", cause);
}
