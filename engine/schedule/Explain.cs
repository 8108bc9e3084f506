using System.Text;

namespace Fmm.Engine;

/// <summary>A built schedule as text: the same for the same schedule, whatever the machine.</summary>
internal static class Explain
{
    internal static string Text(string name, ReadOnlySpan<ScheduleNode> nodes)
    {
        int orders = 0;
        foreach (ScheduleNode node in nodes) orders += node.Predecessors.Count;
        var text = new StringBuilder();
        text.Append("schedule ").Append(name).Append(": ").Append(nodes.Length).Append(" systems, ").Append(orders)
            .Append(" orders, longest path ").Append(nodes.Length == 0 ? 0 : nodes[0].PathToEnd).Append('\n');
        foreach (ScheduleNode node in nodes)
        {
            text.Append(node.Rank + 1).Append(". ").Append(node.Name).Append(" (").Append(node.PathToEnd).Append(" to the end)\n");
            text.Append("     after   ").Append(Names(node.Predecessors)).Append('\n');
            text.Append("     beside  ").Append(Names(node.Beside)).Append('\n');
            text.Append("     access  ").Append(node.Access).Append('\n');
        }
        return text.ToString();
    }

    private static string Names(List<ScheduleNode> nodes) => nodes.Count == 0 ? "-" : string.Join(", ", nodes.Select(node => node.Name));
}
