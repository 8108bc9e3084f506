namespace Fmm.Samples;

/// <summary>Where a run's wall time went.</summary>
/// <param name="Tree">Sorting points and growing the tree.</param>
/// <param name="Lists">Building the interaction lists.</param>
/// <param name="Operators">Precomputing the operators: once a solver, no part of <see cref="Total"/>.</param>
/// <param name="Evaluate">The operators' pass from charges to fields.</param>
/// <param name="BySystem">Seconds of each system, in the schedule's order.</param>
public sealed record FieldSeconds(
    double Tree, double Lists, double Operators, double Evaluate, IReadOnlyList<KeyValuePair<string, double>> BySystem)
{
    /// <summary>Tree, lists and evaluation together.</summary>
    public double Total => Tree + Lists + Evaluate;

    /// <summary>
    /// The run whose total is the median, so that its parts still add up; of an even number, the mean of the two middle runs.
    /// </summary>
    public static FieldSeconds Median(IReadOnlyList<FieldSeconds> runs)
    {
        FieldSeconds[] sorted = [.. runs.OrderBy(run => run.Total)];
        FieldSeconds low = sorted[(sorted.Length - 1) / 2];
        FieldSeconds high = sorted[sorted.Length / 2];
        return ReferenceEquals(low, high) ? low : new FieldSeconds(
            (low.Tree + high.Tree) / 2,
            (low.Lists + high.Lists) / 2,
            (low.Operators + high.Operators) / 2,
            (low.Evaluate + high.Evaluate) / 2,
            [.. low.BySystem.Zip(high.BySystem, (a, b) => KeyValuePair.Create(a.Key, (a.Value + b.Value) / 2))]);
    }
}
