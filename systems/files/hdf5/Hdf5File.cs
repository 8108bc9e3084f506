using Microsoft.Win32.SafeHandles;
using PureHDF;
using PureHDF.VOL.Native;

namespace Fmm.Files;

/// <summary>An HDF5 file for reading: groups, datasets and attributes by their paths, such as <c>particle_data/sources</c>.</summary>
/// <remarks>
/// Over PureHDF 2.2.0. Every fault, also that of a damaged file, is a <see cref="DataFileException"/>. Not for several threads at once.
/// </remarks>
public sealed class Hdf5File : IDisposable
{
    private const int DeepestGroup = 64;
    private const int MostNamed = 20;
    private readonly SafeFileHandle _handle;
    private readonly Hdf5Source _source;
    private readonly NativeFile _file;

    private Hdf5File(string path, SafeFileHandle handle)
    {
        Name = path;
        _handle = handle;
        long length = RandomAccess.GetLength(handle);
        Hdf5Superblock.Check(path, handle, length);
        _source = new Hdf5Source(handle, length);
        _file = Hdf5Faults.Reading(path, "", () => PureHDF.H5File.Open(_source, leaveOpen: true));
    }

    /// <summary>The file as its reader named it.</summary>
    public string Name { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">An ordinary file: HDF5 is read from many places at once, which a pipe can't give.</param>
    /// <exception cref="DataFileException">It is missing, can't be read, is no HDF5 file, is damaged or cut off.</exception>
    public static Hdf5File Open(string path) => Open(path, OpenHandle(path));

    /// <summary>Takes in a pipe or standard input as a whole, and opens that.</summary>
    /// <exception cref="DataFileException">It can't be read, there is no room for it, or it is no HDF5 file or cut off.</exception>
    internal static Hdf5File TakeIn(string path, CancellationToken cancellation) =>
        Open(InputFile.Name(path), ScratchFile.Of(path, DataFormat.Hdf5, cancellation).Handle);

    private static Hdf5File Open(string name, SafeFileHandle handle)
    {
        try
        {
            return new Hdf5File(name, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The paths of all groups below one, sorted.</summary>
    /// <exception cref="DataFileException">There is no such group, or it is damaged.</exception>
    public IReadOnlyList<string> Groups(string path = "/") => List<NativeGroup>(path);

    /// <summary>The paths of all datasets below a group, sorted.</summary>
    /// <exception cref="DataFileException">There is no such group, or it is damaged.</exception>
    public IReadOnlyList<string> Datasets(string path = "/") => List<NativeDataset>(path);

    /// <summary>True where there is a group or a dataset of this path.</summary>
    public bool Contains(string path) => Find(path) is not null;

    /// <summary>A dataset by its path.</summary>
    /// <exception cref="DataFileException">There is none: the message names those that are there.</exception>
    public Hdf5Dataset Dataset(string path) => Find(path) switch
    {
        NativeDataset found => new Hdf5Dataset(this, _source, found, Trim(path)),
        NativeGroup => throw new DataFileException(Name, $"{Trim(path)} is a group, not a dataset; {There(path)}"),
        _ => throw new DataFileException(Name, $"there is no dataset {Trim(path)}; {There("/")}"),
    };

    /// <summary>The attributes of a group or a dataset.</summary>
    /// <exception cref="DataFileException">There is none of this path.</exception>
    public Hdf5Attributes Attributes(string path = "/") =>
        new(this, Trim(path), Find(path) ?? throw new DataFileException(Name, $"there is no group or dataset {Trim(path)}; {There("/")}"));

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _handle.Dispose();
    }

    private static SafeFileHandle OpenHandle(string path)
    {
        try
        {
            if (path.Length == 0) throw new DataFileException("''", "the name is empty; name a file");
            if (Directory.Exists(path)) throw new DataFileException(path, "this is a folder; name a file in it");
            if (FileIdentity.Of(path) is { Kind: not FileKind.Regular })
                throw new DataFileException(path, "HDF5 is read from many places of a file and so never from a pipe or a device; write it to a file first, or take CSV");

            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.None);
        }
        catch (Exception fault) when (Hdf5Faults.IsOfTheFile(fault))
        {
            string reason = fault switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file; check the path",
                UnauthorizedAccessException => "reading is not permitted; check the file's permissions",
                _ => $"the file can't be read: {fault.Message}",
            };
            throw new DataFileException(path, reason, fault);
        }
    }

    private static string Trim(string path) => path.Trim('/') is { Length: > 0 } inner ? inner : "/";

    private NativeObject? Find(string path) => Hdf5Faults.Reading(Name, Trim(path), () =>
    {
        NativeObject at = _file;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at is not NativeGroup group || !group.LinkExists(name) || group.Get(name) is not NativeObject next) return null;
            at = next;
        }

        return at;
    });

    private List<string> List<T>(string path)
    {
        if (Find(path) is not NativeGroup group) throw new DataFileException(Name, $"there is no group {Trim(path)}; {There("/")}");
        List<string> found = [];
        string start = Trim(path);
        _ = Hdf5Faults.Reading(Name, start, () =>
        {
            Walk<T>(group, start == "/" ? "" : $"{start}/", found, 0);
            return true;
        });
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private void Walk<T>(NativeGroup group, string path, List<string> found, int depth)
    {
        if (depth > DeepestGroup) throw new DataFileException(Name, $"its groups lie deeper than {DeepestGroup} in one another, or link to themselves; remove such a link");
        foreach (IH5Object child in group.Children())
        {
            if (child is T) found.Add(path + child.Name);
            if (child is NativeGroup inner) Walk<T>(inner, $"{path}{child.Name}/", found, depth + 1);
        }
    }

    private string There(string path)
    {
        List<string> found = List<NativeDataset>(path);
        string more = found.Count > MostNamed ? $" and {found.Count - MostNamed} more" : "";
        return found.Count == 0 ? "there are no datasets at all" : $"there are {string.Join(", ", found.Take(MostNamed))}{more}";
    }
}
