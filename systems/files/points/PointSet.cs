using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Files;

/// <summary>The points of a file: sources with their charges, and targets where it has them.</summary>
/// <param name="Sources">Where the charges are, in the order of the file.</param>
/// <param name="Charges">The kernel's source components of each source, those of all charge vectors together.</param>
/// <param name="Targets">Where the field is wanted; null where the file names none, and the sources are meant.</param>
/// <example>
/// <code>
/// PointSet points = PointSet.Read("points.h5");
/// solver.SetPoints(points.Sources, points.Targets ?? points.Sources);
/// </code>
/// </example>
public sealed record PointSet(Position[] Sources, double[] Charges, Position[]? Targets)
{
    /// <summary>Reads a file of points.</summary>
    /// <param name="path">
    /// A file, or FILE:PATH for a group or dataset in it. HDF5: sources, source_densities and targets of the group, particle_data where
    /// none is named. NPZ: arrays of these names. NPY: x, y, z and the charge in a row. CSV: columns x, y, z, q (qx, qy, qz).
    /// </param>
    /// <param name="components">Numbers of a charge: 1, or 3 for kernels whose sources are vectors.</param>
    /// <param name="format">Its form; null to tell it by its ending, which is CSV where that says nothing.</param>
    /// <param name="vectors">Charge vectors: columns q0, q1, ... of CSV, so many times the columns in arrays. Their charges come source by source (<c>VectorOrder.PointMajor</c>).</param>
    /// <exception cref="DataFileException">It is missing, damaged, of another form or shape, or holds what is not finite.</exception>
    public static PointSet Read(string path, int components = 1, DataFormat? format = null, int vectors = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(components, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(vectors, 1);
        return PointFiles.Read(
            Location(path, format),
            new PointRequest(checked(components * vectors)) { Vectors = vectors, ChargeColumns = PointRequest.OfVectors(PointRequest.Names(components), vectors) });
    }

    /// <summary>
    /// Reads this rank's share of a file of points; all ranks call it. Of HDF5, NPZ and NPY each rank reads its own rows; of a table or a pipe rank 0 reads all and hands them out. Shares are of
    /// equal size, in the order of the file: those of all ranks, rank after rank, are what one rank reads.
    /// </summary>
    /// <param name="path">A file, or FILE:PATH for a group or dataset in it, as for one rank.</param>
    /// <param name="ranks">The ranks.</param>
    /// <param name="components">Numbers of a charge.</param>
    /// <param name="format">Its form; null to tell it by its ending.</param>
    /// <param name="vectors">Charge vectors.</param>
    /// <exception cref="DataFileException">This rank can't read it.</exception>
    /// <exception cref="RankFailedException">Another rank can't.</exception>
    public static PointSet Read(string path, IRanks ranks, int components = 1, DataFormat? format = null, int vectors = 1)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        ArgumentOutOfRangeException.ThrowIfLessThan(components, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(vectors, 1);
        return RankFiles.Read(
            ranks, Location(path, format),
            new PointRequest(checked(components * vectors)) { Vectors = vectors, ChargeColumns = PointRequest.OfVectors(PointRequest.Names(components), vectors) });
    }

    /// <summary>Reads places without charges.</summary>
    /// <param name="path">A file, or FILE:PATH; a group's targets are read.</param>
    /// <param name="format">Its form; null to tell it by its ending, which is CSV where that says nothing.</param>
    /// <exception cref="DataFileException">It is missing, damaged, of another form or shape, or holds what is not finite.</exception>
    public static Position[] ReadTargets(string path, DataFormat? format = null) => PointFiles.ReadTargets(Location(path, format), new PointRequest(1));

    private static DataLocation Location(string path, DataFormat? format)
    {
        DataLocation found = DataLocation.Of(path, format ?? DataFormat.Csv);
        return format is DataFormat given ? found with { Format = given } : found;
    }
}
