namespace Fmm.Systems;

/// <summary>What a solver ran last: the choices, the tree, the time.</summary>
/// <param name="Kernel">Name of the kernel.</param>
/// <param name="Parameters">Its parameters as text; empty if it has none.</param>
/// <param name="Precision">Precision of the hot loops.</param>
/// <param name="Order">Order p.</param>
/// <param name="Leaf">Leaf capacity.</param>
/// <param name="Transfer">How M2L was carried out.</param>
/// <param name="Choice">What of it the engine chose, and why.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Sources">Sources.</param>
/// <param name="Targets">Targets.</param>
/// <param name="Algebra">The linear algebra that ran.</param>
/// <param name="Tree">The tree.</param>
/// <param name="Seconds">Where the time went.</param>
public sealed record FmmReport(
    string Kernel, string Parameters, Precision Precision, int Order, int Leaf, TransferStrategy Transfer, FmmChoice Choice, int Threads, int Sources, int Targets, string Algebra,
    TreeReport Tree, FmmSeconds Seconds)
{
    /// <summary>The ranks that M2L leaves of its matrices, as text; null where it keeps all, or has no far field.</summary>
    public string? Ranks { get; init; }

    /// <summary>Charge vectors of the last evaluation; times and work are of all of them.</summary>
    public int Vectors { get; init; } = 1;

    /// <summary>
    /// The potential energy, half of the sum of charge times potential, in the kernel's and the user's units: for masses times -4 pi G. Null where sources and targets
    /// differ, for several charge vectors, and for kernels of several numbers a point or that act one way (<see cref="FmmMethod.Energy"/>).
    /// </summary>
    public double? Energy { get; init; }

    /// <summary>What became of the tolerance; null where none was asked for.</summary>
    public ToleranceReport? Tolerance { get; init; }

    /// <summary>What the run cannot promise and its user should know, a sentence each; mostly empty.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What each system had to do, in the schedule's order.</summary>
    public IReadOnlyList<SystemWork> Work { get; init; } = [];

    internal static FmmReport Of(FmmMethod method, string kernel, string parameters, int threads, int vectors, SeriesWork work, ToleranceReport? tolerance) => new(
        kernel, parameters, method.Options.Precision, method.ExpansionSizes.Order, method.LeafCapacity, method.ExpansionSizes.Strategy,
        FmmChoice.Of(method, threads, tolerance?.Found ?? double.NaN), threads,
        method.Input.Sources.Length, method.Input.TargetCount, method.Algebra.Name,
        TreeReport.Of(method), work.Seconds(method.Schedule.Times))
    {
        Vectors = vectors,
        Energy = vectors == 1 ? method.Energy : null,
        Tolerance = tolerance,
        Work = work.Systems(method.World, method.Schedule.Times),
        Warnings = tolerance?.Warning(method.ExpansionSizes.Order, method.Options.Precision) is string warning ? [.. method.Warnings, warning] : method.Warnings,
        Ranks = method.Options.Precision == Precision.Single ? RanksOf<float>(method) : RanksOf<double>(method),
    };

    private static string? RanksOf<T>(FmmMethod method)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        TransferMethod.Of(method.ExpansionSizes.Strategy).Describe<T>(method.World, method.ExpansionSizes, method.Tree.Shape.Depth);
}
