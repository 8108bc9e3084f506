using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>The members of a node's lists as nodes.</summary>
internal sealed class ListMembers(TreeResources tree)
{
    public Node[] U(Node leaf)
    {
        UList list = leaf.World.Nodes<UList>(leaf.Level)[leaf.Row];
        return Nodes(leaf.World, tree.Lists.U.Span.Slice(list.Start, list.Count));
    }

    public Node[] W(Node leaf)
    {
        WList list = leaf.World.Nodes<WList>(leaf.Level)[leaf.Row];
        return Nodes(leaf.World, tree.Mixed.W.Span.Slice(list.Start, list.Count));
    }

    public Node[] X(Node node)
    {
        XList list = node.World.Nodes<XList>(node.Level)[node.Row];
        return Nodes(node.World, tree.Mixed.X.Span.Slice(list.Start, list.Count));
    }

    private static Node[] Nodes(World world, Span<ListMember> members) => [.. members.ToArray().Select(member => new Node(world, member.Level, member.Row))];
}
