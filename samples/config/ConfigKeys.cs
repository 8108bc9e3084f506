using System.Text.Json.Serialization;

namespace Fmm.Samples;

/// <summary>The keys of a configuration file, PyExaFMM's of both generations; null where the file does not have one.</summary>
internal sealed record ConfigKeys
{
    /// <summary>The expansion order, by the older generation's name.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public int? Order { get; init; }

    /// <summary>The order of the equivalent surfaces.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public int? OrderEquivalent { get; init; }

    /// <summary>The order of the check surfaces.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public int? OrderCheck { get; init; }

    /// <summary>The kernel's name.</summary>
    public string? Kernel { get; init; }

    /// <summary>Half width of the inner surfaces over the box's.</summary>
    public double? AlphaInner { get; init; }

    /// <summary>Half width of the outer surfaces over the box's.</summary>
    public double? AlphaOuter { get; init; }

    /// <summary>Deepest level of the tree, by the older generation's name.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public int? OctreeMaxLevel { get; init; }

    /// <summary>Deepest level of the tree.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public int? MaxLevel { get; init; }

    /// <summary>Most points of a leaf.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public int? MaxPoints { get; init; }

    /// <summary>Rank that M2L is compressed to.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public int? TargetRank { get; init; }

    /// <summary>single or double.</summary>
    public string? Precision { get; init; }

    /// <summary>What PyExaFMM computes with.</summary>
    public string? Backend { get; init; }

    /// <summary>Name of the file of points, without its ending.</summary>
    public string? Experiment { get; init; }

    /// <summary>Points to generate.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public int? Npoints { get; init; }

    /// <summary>How generated points lie.</summary>
    public string? DataType { get; init; }

    /// <summary>Folder of the files of points.</summary>
    public string? DataDirname { get; init; }

    /// <summary>File of the sources in it, and the dataset in that, without an ending.</summary>
    public string? SourceFilename { get; init; }

    /// <summary>The same of the targets.</summary>
    public string? TargetFilename { get; init; }

    /// <summary>The same of the sources' densities.</summary>
    public string? SourceDensitiesFilename { get; init; }

    /// <summary>Folder where operators are kept.</summary>
    public string? OperatorDirname { get; init; }

    /// <summary>File of the surfaces in it.</summary>
    public string? SurfaceFilename { get; init; }

    /// <summary>File of the compressed M2L in it.</summary>
    public string? M2lCompressedFilename { get; init; }
}
