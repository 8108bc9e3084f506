using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>What the user asked of the method, as the command line said it; null leaves the choice to the engine.</summary>
/// <param name="Kernel">The kernel's name.</param>
/// <param name="Parameters">The kernel's parameters by name.</param>
/// <param name="Order">The expansion order, or null.</param>
/// <param name="Tolerance">The relative error to reach, or null.</param>
/// <param name="Leaf">The most points of a leaf, or null.</param>
/// <param name="InSingle">True for single precision.</param>
/// <param name="Gradient">True when gradients are wanted.</param>
/// <param name="Threads">The number of threads, or null for all.</param>
/// <param name="Transfer">The M2L strategy, or auto.</param>
/// <param name="FullDigits">True for near-field roots to the working precision, whatever the order.</param>
/// <param name="Strict">True where a run that misses its tolerance has failed.</param>
/// <param name="MaxLevel">The tree's deepest level, or null.</param>
/// <param name="AlphaInner">Half width of the inner surfaces over the box's, or null.</param>
/// <param name="AlphaOuter">Half width of the outer surfaces over the box's, or null.</param>
/// <param name="Rank">The rank of M2L, or null.</param>
/// <param name="RankTolerance">The share of the transfer matrices that M2L may drop, or null.</param>
public sealed record FieldSettings(
    string Kernel,
    IReadOnlyDictionary<string, double> Parameters,
    int? Order,
    double? Tolerance,
    int? Leaf,
    bool InSingle,
    bool Gradient,
    int? Threads,
    string Transfer,
    bool FullDigits = false,
    bool Strict = false,
    int? MaxLevel = null,
    double? AlphaInner = null,
    double? AlphaOuter = null,
    int? Rank = null,
    double? RankTolerance = null)
{
    /// <summary>The option of <see cref="Force"/>.</summary>
    public const string ForceOption = "--force";

    /// <summary>True when forces on the sources are wanted.</summary>
    public bool Force { get; init; }

    /// <summary>The option of <see cref="Hessian"/>.</summary>
    public const string HessianOption = "--hessian";

    /// <summary>True when second derivatives are wanted.</summary>
    public bool Hessian { get; init; }

    /// <summary>The option of <see cref="Vectors"/>.</summary>
    public const string VectorsOption = "--vectors";

    /// <summary>Charge vectors on the same points.</summary>
    public int Vectors { get; init; } = 1;

    /// <summary>The box that repeats; null in free space.</summary>
    public PeriodicBox? Periodic { get; init; }

    /// <summary>Where operators are kept between runs; null for nowhere.</summary>
    public OperatorStore? Operators { get; init; }

    /// <summary>The order of the seeds' own runs, taken when neither an order nor a tolerance is asked for.</summary>
    public const int DefaultOrder = 6;
}
