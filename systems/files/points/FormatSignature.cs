namespace Fmm.Files;

/// <summary>The first bytes by which the forms are told apart.</summary>
internal static class FormatSignature
{
    /// <summary>How many bytes are looked at.</summary>
    public const int Bytes = 8;

    /// <summary>The form that begins so; null where none of those with a signature does.</summary>
    public static DataFormat? Of(ReadOnlySpan<byte> start) =>
        start.StartsWith(NpyHeader.Magic) ? DataFormat.Npy
        : start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8) ? DataFormat.Npz
        : start.StartsWith(Hdf5Superblock.Signature) ? DataFormat.Hdf5
        : null;

    /// <summary>Checks that a stream begins as its form does.</summary>
    /// <param name="format">NPY, NPZ or HDF5.</param>
    /// <param name="start">Its first bytes; fewer where it has no more.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataFileException">It begins otherwise, or is empty.</exception>
    public static void Require(DataFormat format, ReadOnlySpan<byte> start, string name)
    {
        if (Of(start) != format) throw new DataFileException(name, Fault(format, start));
    }

    /// <summary>What is to be said of bytes that do not begin as their form does.</summary>
    public static string Fault(DataFormat format, ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty) return "it is empty: nothing was written to it";
        if (Of(start) is DataFormat found && found != format) return $"this is {Told(found)} and not {Told(format)}; name its form by --format {found.ToString().ToLowerInvariant()}, or by the file's ending";
        string what = format switch { DataFormat.Npy => "no array of NumPy; write it by numpy.save", DataFormat.Npz => "no archive of NumPy; write it by numpy.savez", _ => "no HDF5; write it by h5py" };
        return $"this is {what}, or name its form by --format, or by the file's ending";
    }

    private static string Told(DataFormat format) => format switch
    {
        DataFormat.Csv => "CSV",
        DataFormat.Npy => "an array of NumPy (NPY)",
        DataFormat.Npz => "an archive of NumPy (NPZ)",
        _ => "HDF5",
    };
}
