using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>The members of a node's lists, sorted by who handles them: an expansion, or P2P where an expansion would cost more.</summary>
internal sealed class ListMembers(TreeResources tree, int surfacePoints)
{
    public Node[] ExpandedW(Node leaf) => [.. W(leaf).Where(member => !IsDirect(member, member.SourceCount))];

    public Node[] ExpandedX(Node node) => IsDirect(node, node.TargetCount) ? [] : X(node);

    public Node[] Direct(Node leaf) =>
        [.. U(leaf), .. W(leaf).Where(member => IsDirect(member, member.SourceCount)), .. IsDirect(leaf, leaf.TargetCount) ? X(leaf) : []];

    private Node[] U(Node leaf)
    {
        UList list = leaf.World.Nodes<UList>(leaf.Level)[leaf.Row];
        return [.. tree.Lists.U.Span.Slice(list.Start, list.Count).ToArray().Select(
            entry => new Node(leaf.World, leaf.Level + ListStore.RelativeLevel(entry), ListStore.Row(entry)))];
    }

    private Node[] W(Node leaf)
    {
        WList list = leaf.World.Nodes<WList>(leaf.Level)[leaf.Row];
        return [.. tree.Lists.W.Span.Slice(list.Start, list.Count).ToArray().Select(row => new Node(leaf.World, leaf.Level + 1, row))];
    }

    private Node[] X(Node node)
    {
        XList list = node.World.Nodes<XList>(node.Level)[node.Row];
        return [.. tree.Lists.X.Span.Slice(list.Start, list.Count).ToArray().Select(row => new Node(node.World, node.Level - 1, row))];
    }

    private bool IsDirect(Node node, int points) => node.IsLeaf && points <= 2 * surfacePoints;
}
