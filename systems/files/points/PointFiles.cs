using Fmm.Components;

namespace Fmm.Files;

/// <summary>Points out of files of any form.</summary>
internal static class PointFiles
{
    /// <summary>Reads sources, their charges, and targets where the file has them.</summary>
    /// <exception cref="DataFileException">It can't be read as points.</exception>
    public static PointSet Read(DataLocation at, PointRequest request)
    {
        switch (at.Format)
        {
            case DataFormat.Csv:
                (Position[] points, double[] charges) = CsvPoints.ReadSources(at.File, request);
                return new PointSet(points, charges, null);
            case DataFormat.Npy:
                return NpyPoints.ReadSources(at.File, request);
            case DataFormat.Hdf5 or DataFormat.Npz:
                using (IPointArrays arrays = Open(at, "sources")) return ArrayPoints.Read(arrays, at.Inner, request);
            default:
                throw IsForOutput(at);
        }
    }

    /// <summary>Reads places.</summary>
    /// <exception cref="DataFileException">It can't be read as places.</exception>
    public static Position[] ReadTargets(DataLocation at, PointRequest request)
    {
        switch (at.Format)
        {
            case DataFormat.Csv:
                return CsvPoints.ReadTargets(at.File, request);
            case DataFormat.Npy:
                return NpyPoints.ReadTargets(at.File, request);
            case DataFormat.Hdf5 or DataFormat.Npz:
                using (IPointArrays arrays = Open(at, "targets")) return ArrayPoints.ReadTargets(arrays, at.Inner, request);
            default:
                throw IsForOutput(at);
        }
    }

    private static IPointArrays Open(DataLocation at, string what)
    {
        if (InputFile.IsStream(at.File))
        {
            throw new DataFileException(
                InputFile.Name(at.File), $"{what} in {at.Format.ToString().ToUpperInvariant()} are read from many places of a file and so never from a pipe; write them to a file first, or pipe CSV or NPY");
        }

        return at.Format == DataFormat.Hdf5 ? new Hdf5Arrays(Hdf5File.Open(at.File)) : NpzArrays.Open(at.File);
    }

    private static DataFileException IsForOutput(DataLocation at) =>
        new(at.File, $"{at.Format.ToString().ToUpperInvariant()} is written for ParaView and not read; take CSV, HDF5, NPY or NPZ");
}
