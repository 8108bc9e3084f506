namespace Fmm.Samples;

/// <summary>Refuses keys that contradict each other: one thing said twice, by the names of two generations or of one.</summary>
internal static class ConfigRules
{
    private const string Names = "they are two names of one number; leave one out";

    // Where the older generation has its points; the newer one has all in the experiment's file.
    private static readonly string[] _older = ["data_dirname", "source_filename", "target_filename", "source_densities_filename"];

    /// <summary>Checks keys that are in range each.</summary>
    /// <exception cref="InputException">Two contradict each other; the place is the later one's.</exception>
    public static void Check(ConfigText text, ConfigKeys keys)
    {
        Same(text, "order_equivalent", keys.OrderEquivalent, "order_check", keys.OrderCheck, "the engine takes one order for both surfaces; give them the same");
        Same(text, "order", keys.Order, "order_equivalent", keys.OrderEquivalent, Names);
        Same(text, "order", keys.Order, "order_check", keys.OrderCheck, Names);
        Same(text, "octree_max_level", keys.OctreeMaxLevel, "max_level", keys.MaxLevel, Names);
        if (keys.AlphaInner >= keys.AlphaOuter)
            throw Contradiction(text, "alpha_inner", "alpha_outer", "the outer surface must be the larger one, such as 1.05 and 2.95");
        foreach (string key in _older.Where(key => keys.Experiment is not null && text.Entries.Any(entry => entry.Key == key && entry.Value != "null")))
            throw Contradiction(text, "experiment", key, "both name where the points are; leave one out");
    }

    private static void Same(ConfigText text, string first, int? one, string second, int? other, string remedy)
    {
        if (one is int a && other is int b && a != b) throw Contradiction(text, first, second, remedy);
    }

    private static InputException Contradiction(ConfigText text, string first, string second, string remedy)
    {
        ConfigEntry[] both = [.. text.Entries.Where(entry => entry.Key == first || entry.Key == second)];
        return text.Fault(both[1].ValueAt, $"{both[1].Key} is {both[1].Shown}, but {both[0].Key} in line {text.Line(both[0].KeyAt)} is {both[0].Shown}: {remedy}");
    }
}
