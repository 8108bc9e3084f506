using System.Collections;

namespace Fmm.Engine;

/// <summary>Makes the graph of a schedule: refuses cycles and unordered conflicts, finds ranks and what runs together.</summary>
internal static class ScheduleGraph
{
    /// <summary>The nodes by rank, with their edges reduced to those that no path implies.</summary>
    internal static ScheduleNode[] Build(string schedule, ScheduleNode[] nodes, IEnumerable<(int First, int Second)> orders)
    {
        int count = nodes.Length;
        var direct = new BitArray[count];
        for (int i = 0; i < count; i++) direct[i] = new BitArray(count);
        foreach ((int first, int second) in orders) direct[first][second] = true;

        int[] sorted = Sort(schedule, nodes, direct);
        BitArray[] reach = Reach(sorted, direct);
        RefuseConflicts(schedule, nodes, reach);
        Connect(nodes, direct, reach);
        foreach (int i in sorted.Reverse())
            nodes[i].PathToEnd = 1 + nodes[i].Successors.Select(next => next.PathToEnd).DefaultIfEmpty(0).Max();
        // A predecessor's path is longer than its successors', so this order is one in which they can run.
        ScheduleNode[] ranked = [.. nodes.OrderByDescending(node => node.PathToEnd).ThenBy(node => node.Declared)];
        for (int rank = 0; rank < count; rank++) ranked[rank].Rank = rank;
        foreach (ScheduleNode node in nodes)
        {
            node.Predecessors.Sort((a, b) => a.Rank - b.Rank);
            node.Successors.Sort((a, b) => a.Rank - b.Rank);
            node.Beside.Sort((a, b) => a.Rank - b.Rank);
        }
        return ranked;
    }

    private static int[] Sort(string schedule, ScheduleNode[] nodes, BitArray[] direct)
    {
        int count = nodes.Length;
        var mark = new byte[count]; // 1: on the path, 2: done.
        var next = new int[count]; // Successors below it were followed.
        var path = new Stack<int>();
        var sorted = new List<int>();
        for (int root = 0; root < count; root++)
        {
            if (mark[root] != 0) continue;
            Enter(root);
            // A loop, because a chain may be longer than the stack is deep.
            while (path.TryPeek(out int i))
            {
                while (next[i] < count && !direct[i][next[i]]) next[i]++;
                if (next[i] < count)
                {
                    Enter(next[i]++);
                    continue;
                }
                mark[i] = 2;
                sorted.Add(path.Pop());
            }
        }
        sorted.Reverse();
        return [.. sorted];

        void Enter(int i)
        {
            if (mark[i] == 2) return;
            if (mark[i] == 1)
            {
                string cycle = string.Join(" -> ", path.Reverse().SkipWhile(at => at != i).Append(i).Select(at => nodes[at].Name));
                throw new ScheduleException($"Schedule '{schedule}' has a cycle: {cycle}. Take out one of these orders.");
            }
            mark[i] = 1;
            path.Push(i);
        }
    }

    private static BitArray[] Reach(int[] sorted, BitArray[] direct)
    {
        var reach = new BitArray[sorted.Length];
        foreach (int i in sorted.Reverse())
        {
            reach[i] = new BitArray(direct[i]);
            for (int j = 0; j < sorted.Length; j++)
                if (direct[i][j]) reach[i].Or(reach[j]);
        }
        return reach;
    }

    private static void RefuseConflicts(string schedule, ScheduleNode[] nodes, BitArray[] reach)
    {
        var lines = new List<string>();
        for (int i = 0; i < nodes.Length; i++)
        {
            for (int j = i + 1; j < nodes.Length; j++)
            {
                if (reach[i][j] || reach[j][i]) continue;
                string? component = Access.Conflict(nodes[i].Access, nodes[j].Access, out AccessKind first, out AccessKind second);
                if (component is null) continue;
                string remedy = $"say which comes first, as in Add(...).{After(nodes[i], nodes)}, or put both into one Chain.";
                if (nodes[i].Access.IsExclusive || nodes[j].Access.IsExclusive)
                {
                    (ScheduleNode open, ScheduleNode other) = nodes[i].Access.IsExclusive ? (nodes[i], nodes[j]) : (nodes[j], nodes[i]);
                    lines.Add($"  '{open.Name}' declares no access, so that it may touch all that '{other.Name}' does: override Access to tell what it touches, or {remedy}");
                    continue;
                }
                lines.Add($"  '{nodes[i].Name}' {Verb(first)} {component} and '{nodes[j].Name}' {Verb(second)} it: {remedy}");
            }
        }
        if (lines.Count == 0) return;
        string pairs = lines.Count == 1 ? "1 pair of systems touches" : $"{lines.Count} pairs of systems touch";
        throw new ScheduleException($"Schedule '{schedule}' can't be built: {pairs} the same data without an order.\n" + string.Join('\n', lines));
    }

    private static void Connect(ScheduleNode[] nodes, BitArray[] direct, BitArray[] reach)
    {
        for (int i = 0; i < nodes.Length; i++)
        {
            for (int j = 0; j < nodes.Length; j++)
            {
                if (i != j && !reach[i][j] && !reach[j][i]) nodes[i].Beside.Add(nodes[j]);
                if (!direct[i][j]) continue;
                bool implied = false;
                for (int k = 0; k < nodes.Length; k++) implied |= direct[i][k] && reach[k][j];
                if (implied) continue;
                nodes[i].Successors.Add(nodes[j]);
                nodes[j].Predecessors.Add(nodes[i]);
            }
        }
    }

    /// <summary>An order with a system, by the type that names it alone. A public type comes first, because an implementation may be
    /// one that the reader can't see; without such a type there is the instance.</summary>
    private static string After(ScheduleNode node, ScheduleNode[] nodes)
    {
        Type? best = null;
        for (Type? type = node.SystemType; type is not null && type.Assembly != typeof(Access).Assembly && best is not { IsVisible: true }; type = type.BaseType)
        {
            if (type == typeof(object)) break;
            bool alone = Array.TrueForAll(nodes, other => other == node || !other.StandsFor(type));
            if (alone && (type.IsVisible || (best is null && !type.IsGenericType))) best = type;
        }
        return best is null ? $"After(the instance of '{node.Name}')" : $"After<{ComponentInfo.NameOf(best)}>()";
    }

    private static string Verb(AccessKind kind) =>
        (kind & AccessKind.Create) != 0 ? "creates" : (kind & AccessKind.Write) != 0 ? "writes" : (kind & AccessKind.Gather) != 0 ? "gathers" : "reads";
}
