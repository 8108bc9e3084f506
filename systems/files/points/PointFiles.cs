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
                using (IPointArrays arrays = Open(at, request.Cancellation)) return ArrayPoints.Read(arrays, at.Inner, request);
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
                using (IPointArrays arrays = Open(at, request.Cancellation)) return ArrayPoints.ReadTargets(arrays, at.Inner, request);
            default:
                throw IsForOutput(at);
        }
    }

    private static IPointArrays Open(DataLocation at, CancellationToken cancellation) => at.Format == DataFormat.Npz ? NpzArrays.Open(at.File, cancellation)
        : new Hdf5Arrays(InputFile.IsStream(at.File) ? Hdf5File.TakeIn(at.File, cancellation) : Hdf5File.Open(at.File));

    private static DataFileException IsForOutput(DataLocation at) =>
        new(at.File, $"{at.Format.ToString().ToUpperInvariant()} is written for ParaView and not read; take CSV, HDF5, NPY or NPZ");
}
