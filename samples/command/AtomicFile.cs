namespace Fmm.Samples;

/// <summary>
/// An output file that exists either whole or not at all: written under a temporary name beside its target and renamed on
/// <see cref="Commit"/>. Opened before the work starts, so that a path that can't be written is refused at once.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _target = "";
    private readonly string? _temporary;
    private bool _done;

    /// <summary>Opens the temporary file.</summary>
    /// <exception cref="InputException">The path is a folder, lies in no folder, or can't be written.</exception>
    public AtomicFile(string path)
    {
        _path = path;
        try
        {
            string full = Path.GetFullPath(path);
            _target = new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
            if (Directory.Exists(_target) || path.EndsWith(Path.DirectorySeparatorChar))
            {
                throw new InputException($"--output {path}: this is a folder; name a file in it");
            }

            // Devices such as /dev/null are written in place: a rename would replace them by a file.
            _temporary = IsDevice(full) ? null : $"{_target}.{Environment.ProcessId}.partial";
            Stream = new FileStream(_temporary ?? full, _temporary is null ? FileMode.Open : FileMode.Create, FileAccess.Write);
        }
        catch (Exception fault) when (IsPathFault(fault))
        {
            throw Refuse(fault);
        }
    }

    /// <summary>Where the content goes.</summary>
    public Stream Stream { get; }

    /// <summary>Closes the file and gives it its name, in place of an earlier one.</summary>
    /// <exception cref="InputException">The content can't be written or the name can't be taken.</exception>
    public void Commit()
    {
        try
        {
            Stream.Dispose();
            if (_temporary is not null)
            {
                File.Move(_temporary, _target, true);
            }

            _done = true;
        }
        catch (Exception fault) when (IsPathFault(fault))
        {
            throw Refuse(fault);
        }
    }

    /// <summary>Removes the temporary file unless it was committed.</summary>
    public void Dispose()
    {
        if (_done)
        {
            return;
        }

        _done = true;
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // The disk is full: what could not be flushed is about to be deleted.
        }

        if (_temporary is not null)
        {
            File.Delete(_temporary);
        }
    }

    /// <summary>A failed write told as a fault of the output's path.</summary>
    public InputException Refuse(Exception fault)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(_path.Length > 0 ? _path : "."));
        string reason = _path.Length == 0 ? "the name is empty; name a file"
            : folder is not null && !Directory.Exists(folder) ? $"there is no folder {folder}; create it first"
            : fault is UnauthorizedAccessException ? "writing is not permitted; check the folder's permissions"
            : fault.Message;
        return new InputException($"--output {_path}: can't be written: {reason}", fault);
    }

    private static bool IsPathFault(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static bool IsDevice(string path) =>
        File.Exists(path) && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal));
}
