namespace Fmm.Samples;

/// <summary>
/// Busy seconds of a run by phase, summed over threads and divided by their number: phases run side by side, and what their sum
/// lacks to the run's wall time was spent waiting.
/// </summary>
/// <param name="Tree">From points to nodes, and the points' columns.</param>
/// <param name="Lists">Neighbour tables, lists, the cutting of work.</param>
/// <param name="Near">P2P.</param>
/// <param name="Upward">P2M and M2M.</param>
/// <param name="Transfer">M2L and P2L.</param>
/// <param name="Downward">L2L, L2P and M2P.</param>
/// <param name="Gather">Charges to Morton order and fields back to input order.</param>
internal sealed record BenchPhases(double Tree, double Lists, double Near, double Upward, double Transfer, double Downward, double Gather)
{
    /// <summary>All phases together.</summary>
    public double Sum => Tree + Lists + Near + Upward + Transfer + Downward + Gather;

    /// <summary>Adds up the systems; one that has no phase of its own counts as the tree's.</summary>
    public static BenchPhases Of(IReadOnlyList<BenchSystem> systems)
    {
        double[] sums = new double[7];
        foreach (BenchSystem system in systems) sums[Phase(system.Name)] += system.Seconds;
        return new BenchPhases(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6]);
    }

    private static int Phase(string system) => system switch
    {
        "LinkColleagues" or "BuildNearLists" or "BuildMixedLists" or "BuildFarLists" or "PlanWork" => 1,
        "P2P" => 2,
        "P2M" or "M2M" => 3,
        "M2L" or "P2L" => 4,
        "L2L" or "L2P" or "M2P" => 5,
        "PlaceCharges" or "GatherFields" => 6,
        _ => 0,
    };
}
