using System.Runtime.InteropServices;

namespace Fmm.Samples;

/// <summary>
/// An output file that exists either whole or not at all: written under a temporary name beside its target and renamed on
/// <see cref="Commit"/>. It takes mode and owner of the file that it replaces; a link stays a link, and what it leads to is replaced.
/// </summary>
internal sealed class AtomicFile : OutputFile
{
    private const int DeviceBusy = 16;
    private readonly string _target;
    private string? _temporary;
    private FileStream? _stream;

    /// <summary>Opens the temporary file, after removing those that dead processes left in the same folder.</summary>
    /// <exception cref="InputException">The path is a folder, lies in no folder, is read-only or can't be written.</exception>
    public AtomicFile(string path, OpenOutputs outputs)
        : base(path, FileIdentity.Of(path), outputs)
    {
        string full = System.IO.Path.GetFullPath(path);
        try
        {
            _target = new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        }
        catch (IOException fault)
        {
            throw Refuse(path, $"its links can't be followed ({fault.Message}); name the file itself", fault);
        }

        if (Directory.Exists(_target) || path.EndsWith(System.IO.Path.DirectorySeparatorChar)) throw new InputException($"--output {path}: this is a folder; name a file in it");
        CheckWritable();
        string folder = System.IO.Path.GetDirectoryName(_target)!;
        if (!Directory.Exists(folder)) throw Refuse(path, $"there is no folder {folder}{(_target == full ? "" : ", where the link leads")}; create it first");
        PartialFiles.RemoveDead(folder);
        outputs.Enter(this, () => Create(folder));
    }

    /// <inheritdoc/>
    protected override Stream Begin() =>
        OperatingSystem.IsLinux() ? new DescriptorStream((int)_stream!.SafeFileHandle.DangerousGetHandle(), $"--output {Path}") : _stream!;

    /// <inheritdoc/>
    protected override void Commit() => Outputs.Finish(() =>
    {
        _stream!.Dispose();
        Rename();
        _temporary = null;
    });

    /// <inheritdoc/>
    public override void Abandon()
    {
        if (_temporary is not null) File.Delete(_temporary);
        _temporary = null;
    }

    /// <inheritdoc/>
    protected override void Close()
    {
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

    // The superuser may write everything, and so would replace what its owner has protected: the mode counts, not what is permitted.
    private void CheckWritable()
    {
        const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        bool readOnly = Identity is { } there ? (there.Mode & AnyWrite) == 0
            : !OperatingSystem.IsLinux() && File.Exists(_target) && (File.GetAttributes(_target) & FileAttributes.ReadOnly) != 0;
        if (readOnly) throw Refuse(Path, "the file is read-only; make it writable (chmod u+w) or name another");
        if (!OperatingSystem.IsLinux() || Posix.Access(_target, Posix.WriteAccess) == 0) return;

        // The temporary name says nothing about whether this one can be taken: found out now, not when all is computed.
        string? fault = Marshal.GetLastPInvokeError() switch
        {
            Posix.NameTooLong => "the name is too long for the file system; take a shorter one",
            Posix.NoAccess or Posix.NotPermitted or Posix.ReadOnlySystem when Identity is not null => "writing to this file is not permitted; name another",
            _ => null,
        };
        if (fault is not null) throw Refuse(Path, fault);
    }

    private void Create(string folder)
    {
        try
        {
            for (int number = 0; _stream is null; number++)
            {
                string temporary = System.IO.Path.Combine(folder, PartialFiles.Name(number));
                if (File.Exists(temporary)) continue;
                FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
                if (Identity is { } there && !OperatingSystem.IsWindows()) options.UnixCreateMode = there.Mode;
                _stream = new FileStream(temporary, options);
                _temporary = temporary;
            }

            if (Identity is { } old) KeepOwnerAndMode(old);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw Refuse(Path, "writing is not permitted; check the folder's permissions", fault);
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
}
