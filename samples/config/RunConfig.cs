namespace Fmm.Samples;

/// <summary>What a configuration file says, in the words of this command; null where it says nothing.</summary>
/// <param name="folder">The folder that its paths start from: the file's own.</param>
/// <param name="keys">Its keys, checked.</param>
internal sealed class RunConfig(string folder, ConfigKeys keys)
{
    private const string Ending = ".hdf5";

    /// <summary>What is taken where there is no file.</summary>
    public static RunConfig None { get; } = new("", new ConfigKeys());

    /// <summary>The expansion order.</summary>
    public int? Order => keys.Order ?? keys.OrderEquivalent ?? keys.OrderCheck;

    /// <summary>The kernel's name.</summary>
    public string? Kernel => keys.Kernel;

    /// <summary>Half width of the inner surfaces over the box's.</summary>
    public double? AlphaInner => keys.AlphaInner;

    /// <summary>Half width of the outer surfaces over the box's.</summary>
    public double? AlphaOuter => keys.AlphaOuter;

    /// <summary>Deepest level of the tree.</summary>
    public int? MaxLevel => keys.MaxLevel ?? keys.OctreeMaxLevel;

    /// <summary>Most points of a leaf.</summary>
    public int? Leaf => keys.MaxPoints;

    /// <summary>Rank that M2L is compressed to.</summary>
    public int? Rank => keys.TargetRank;

    /// <summary>single or double.</summary>
    public string? Precision => keys.Precision;

    /// <summary>Number of points to make.</summary>
    public int? Count => keys.Npoints;

    /// <summary>How points to make lie, out of <see cref="ConfigKey.DataTypes"/>.</summary>
    public string? DataType => keys.DataType;

    /// <summary>The file of all points of the newer generation: particle_data/sources, targets and source_densities are in it.</summary>
    public string? Points => keys.Experiment is string name ? Named(folder, name) : null;

    /// <summary>Where the field of these points goes: beside them, for a file is replaced as a whole, and that of the points may hold more.</summary>
    public string? Field => Beside("field");

    /// <summary>The sources' file of the older generation.</summary>
    public string? Sources => OfData(keys.SourceFilename);

    /// <summary>The targets' file of the older generation.</summary>
    public string? Targets => OfData(keys.TargetFilename);

    /// <summary>The file of the sources' densities of the older generation.</summary>
    public string? Densities => OfData(keys.SourceDensitiesFilename);

    /// <summary>Folder where operators are kept.</summary>
    public string? OperatorFolder => keys.OperatorDirname is string name ? Path.Combine(folder, name) : null;

    /// <summary>The file of the compressed M2L: in the folder of the operators, or beside the experiment's points.</summary>
    public string? CompressedTransfers => keys.M2lCompressedFilename is string name ? Named(OperatorFolder ?? folder, name) : Beside("m2l");

    /// <summary>The dataset in a file of the older generation: it has the file's name.</summary>
    public static string DatasetOf(string file) => Path.GetFileNameWithoutExtension(file);

    private string? OfData(string? name) => name is null ? null : Named(Path.Combine(folder, keys.DataDirname ?? ""), name);

    private string? Beside(string what) => Points is string points ? Path.ChangeExtension(points, $".{what}{Path.GetExtension(points)}") : null;

    private static string Named(string folder, string name) =>
        Path.Combine(folder, name.EndsWith(Ending, StringComparison.Ordinal) || name.EndsWith(".h5", StringComparison.Ordinal) ? name : name + Ending);
}
