using Fmm.Components;

namespace Fmm.Tests.Tree;

/// <summary>Reads a node's lists as an operator would.</summary>
internal static class ListReader
{
    public static List<(int Level, int Row, ulong Key)> U(TreeBuild build, int level, int row)
    {
        UList list = build.Nodes<UList>(level)[row];
        return Members(build, build.Resources.Lists.U.Span[list.Start..list.End]);
    }

    public static List<(int Level, int Row, ulong Key)> W(TreeBuild build, int level, int row)
    {
        WList list = build.Nodes<WList>(level)[row];
        return Members(build, build.Resources.Mixed.W.Span[list.Start..list.End]);
    }

    public static List<(int Level, int Row, ulong Key)> X(TreeBuild build, int level, int row)
    {
        XList list = build.Nodes<XList>(level)[row];
        return Members(build, build.Resources.Mixed.X.Span[list.Start..list.End]);
    }

    public static List<(int Level, int Row, ulong Key)> V(TreeBuild build, int level, int row)
    {
        List<(int, int, ulong)> members = [];
        if (level < 2 || build.Nodes<TargetRange>(level)[row].Count == 0) return members;
        Span<int> neighbours = build.Resources.Octets.Neighbours(level).Span.Slice(row / 8 * OctetTable.NeighboursAnOctet, OctetTable.NeighboursAnOctet);
        for (int slot = 0; slot < neighbours.Length; slot++)
        {
            int far = OctetAdjacency.Far(row % 8, OctetTable.Direction(slot));
            for (int octant = 0; neighbours[slot] >= 0 && octant < 8; octant++)
            {
                int other = (8 * neighbours[slot]) + octant;
                if ((far >> octant & 1) != 0 && build.Nodes<SourceRange>(level)[other].Count > 0) members.Add(Member(build, level, other));
            }
        }

        return members;
    }

    private static List<(int Level, int Row, ulong Key)> Members(TreeBuild build, Span<ListMember> list)
    {
        List<(int, int, ulong)> members = [];
        foreach (ListMember member in list) members.Add(Member(build, member.Level, member.Row));
        return members;
    }

    private static (int Level, int Row, ulong Key) Member(TreeBuild build, int level, int row) => (level, row, build.Nodes<NodeKey>(level)[row].Value);
}
