namespace Fmm.Samples;

/// <summary>A key of a configuration file, and which values it may have.</summary>
/// <param name="Name">The key.</param>
/// <param name="Expected">What it may be, to stand behind "must be".</param>
/// <param name="Holds">Whether its value, if there is one, is such.</param>
internal sealed record ConfigKey(string Name, string Expected, Predicate<ConfigKeys> Holds)
{
    /// <summary>How generated points may lie: PyExaFMM's own words first.</summary>
    public static readonly string[] DataTypes = ["random", "separated", "sphere", "cube", "plummer", "ellipsoid"];

    /// <summary>All keys: those of the method, then those of files.</summary>
    public static IReadOnlyList<ConfigKey> All { get; } =
    [
        Whole("order", 2, 16, keys => keys.Order),
        Whole("order_equivalent", 2, 16, keys => keys.OrderEquivalent),
        Whole("order_check", 2, 16, keys => keys.OrderCheck),
        Word("kernel", KernelChoice.Names, keys => keys.Kernel),
        Ratio("alpha_inner", keys => keys.AlphaInner),
        Ratio("alpha_outer", keys => keys.AlphaOuter),
        Whole("octree_max_level", 0, 21, keys => keys.OctreeMaxLevel),
        Whole("max_level", 0, 21, keys => keys.MaxLevel),
        Whole("max_points", 1, int.MaxValue, keys => keys.MaxPoints),
        Whole("target_rank", 1, int.MaxValue, keys => keys.TargetRank),
        Word("precision", ["single", "double"], keys => keys.Precision),
        Word("backend", ["numba"], keys => keys.Backend),
        File("experiment", "a file's name, its ending left out", keys => keys.Experiment),
        Whole("npoints", 1, 1 << 29, keys => keys.Npoints),
        Word("data_type", DataTypes, keys => keys.DataType),
        File("data_dirname", "a folder", keys => keys.DataDirname),
        File("source_filename", "a file's name, its ending left out", keys => keys.SourceFilename),
        File("target_filename", "a file's name, its ending left out", keys => keys.TargetFilename),
        File("source_densities_filename", "a file's name, its ending left out", keys => keys.SourceDensitiesFilename),
        File("operator_dirname", "a folder", keys => keys.OperatorDirname),
        File("surface_filename", "a file's name, its ending left out", keys => keys.SurfaceFilename),
        File("m2l_compressed_filename", "a file's name, its ending left out", keys => keys.M2lCompressedFilename),
    ];

    private static ConfigKey Whole(string name, int least, int most, Func<ConfigKeys, int?> value) =>
        new(name, OptionShapes.Range(least, most), keys => value(keys) is not int found || (found >= least && found <= most));

    private static ConfigKey Ratio(string name, Func<ConfigKeys, double?> value) =>
        new(name, OptionShapes.Between(1, 3, "1.05"), keys => value(keys) is not double found || found is > 1 and < 3);

    private static ConfigKey Word(string name, string[] words, Func<ConfigKeys, string?> value) =>
        new(name, OptionShapes.OneOf(words), keys => value(keys) is not string found || words.Contains(found));

    private static ConfigKey File(string name, string expected, Func<ConfigKeys, string?> value) =>
        new(name, expected, keys => value(keys) is not string found || (found.Length > 0 && !found.Any(char.IsControl)));
}
