using Fmm.Components;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>The points that a configuration names: one file of the newer generation, or a file each of the older one.</summary>
internal static class ConfigPoints
{
    /// <summary>The file of the sources.</summary>
    /// <exception cref="InputException">The configuration names none.</exception>
    public static DataLocation Sources(RunConfig config) =>
        config.Points is string points ? new DataLocation(points, null, DataFormat.Hdf5)
            : config.Sources is string sources ? Older(sources)
            : throw new InputException("there are no points: name a file by --sources, or a configuration with experiment, or with source_filename, by --config");

    /// <summary>Reads points.</summary>
    /// <exception cref="InputException">The older generation's densities are not named.</exception>
    /// <exception cref="DataFileException">A file can't be read as points.</exception>
    public static PointSet Read(RunConfig config, PointRequest request)
    {
        if (config.Points is not null) return PointFiles.Read(Sources(config), request);
        if (config.Densities is not string densities)
            throw new InputException($"{config.Sources}: these sources have no charges; name the file of their densities by source_densities_filename");
        Position[] sources = PointFiles.ReadTargets(Sources(config), request);
        double[] charges = new double[checked(sources.Length * request.Components)];
        using (Hdf5Arrays arrays = new(Hdf5File.Open(densities)))
            ArrayPoints.ReadCharges(arrays, RunConfig.DatasetOf(densities), $"{config.Sources}", sources.Length, charges, request);
        if (!request.WithTargets || config.Targets is not string file) return new PointSet(sources, charges, null);
        Position[] targets = PointFiles.ReadTargets(Older(file), request with { Rows = null });
        return new PointSet(sources, charges, targets.AsSpan().SequenceEqual(sources) ? null : targets);
    }

    private static DataLocation Older(string file) => new(file, RunConfig.DatasetOf(file), DataFormat.Hdf5);
}
