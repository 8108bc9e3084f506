using Fmm.Engine;

namespace Fmm.Tests;

/// <summary>Which system of a built schedule comes before which, directly or through others, as Explain tells.</summary>
internal static class ExplainedOrder
{
    /// <summary>Builds the schedule. What stands earlier by rank comes before, unless the two may run beside each other.</summary>
    internal static HashSet<(string First, string Second)> Of(Schedule<int> schedule)
    {
        var names = new List<string>();
        var orders = new HashSet<(string, string)>();
        foreach (string line in schedule.Explain().Split('\n'))
        {
            if (line.Contains(" to the end)", StringComparison.Ordinal))
            {
                string name = line.Split(' ')[1];
                foreach (string earlier in names) orders.Add((earlier, name));
                names.Add(name);
            }
            else if (line.StartsWith("     beside  ", StringComparison.Ordinal))
                foreach (string beside in line["     beside  ".Length..].Split(", ")) orders.Remove((beside, names[^1]));
        }
        return orders;
    }
}
