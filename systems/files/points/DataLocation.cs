namespace Fmm.Files;

/// <summary>A file as users name it: its path, and what is meant in it, FILE or FILE:PATH.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Inner">A group or dataset in it; null where none is named.</param>
/// <param name="Format">Its form.</param>
internal sealed record DataLocation(string File, string? Inner, DataFormat Format)
{
    /// <summary>Takes a name apart and tells the file's form by its ending.</summary>
    /// <param name="name">FILE, or FILE:PATH where a file has parts with names.</param>
    /// <param name="otherwise">The form of files whose ending tells none.</param>
    public static DataLocation Of(string name, DataFormat otherwise)
    {
        int colon = name.LastIndexOf(':');
        if (colon > 0 && !System.IO.File.Exists(name) && (ByEnding(name[..colon]) ?? otherwise) is DataFormat.Hdf5 or DataFormat.Npz)
            return new DataLocation(name[..colon], name[(colon + 1)..], ByEnding(name[..colon]) ?? otherwise);

        return new DataLocation(name, null, ByEnding(name) ?? otherwise);
    }

    private static DataFormat? ByEnding(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => DataFormat.Csv,
        ".h5" or ".hdf5" or ".hdf" or ".he5" => DataFormat.Hdf5,
        ".npy" => DataFormat.Npy,
        ".npz" => DataFormat.Npz,
        ".vtk" => DataFormat.Vtk,
        ".xdmf" or ".xmf" => DataFormat.Xdmf,
        _ => null,
    };
}
