namespace Fmm.Samples;

/// <summary>A run as its JSON tells it: of <c>fmm run</c> or <c>fmm evaluate</c>, or a trial of <c>fmm bench</c>.</summary>
/// <param name="Name">What the page calls it.</param>
/// <param name="Kernel">Kernel.</param>
/// <param name="Precision">single or double.</param>
/// <param name="Order">Order.</param>
/// <param name="Leaf">Leaf capacity.</param>
/// <param name="Transfer">M2L strategy; empty where it is not told.</param>
/// <param name="Points">Sources.</param>
/// <param name="Threads">Threads; 0 where it is not told.</param>
/// <param name="Total">Seconds of tree, lists and evaluation.</param>
/// <param name="PotentialError">Relative error of the potential (of the gradient in a bench case that asks for one); null where it was not measured.</param>
/// <param name="GradientError">Relative error of the gradient; null where it was not measured.</param>
internal sealed record RunRecord(
    string Name, string Kernel, string Precision, int Order, int Leaf, string Transfer, long Points, int Threads, double Total, double? PotentialError, double? GradientError)
{
    /// <summary>Time and work of the systems, in the schedule's order.</summary>
    public IReadOnlyList<RunSystem> Systems { get; init; } = [];

    /// <summary>Sizes of lists by level; empty where they are not told.</summary>
    public IReadOnlyList<RunLevel> Levels { get; init; } = [];
}
