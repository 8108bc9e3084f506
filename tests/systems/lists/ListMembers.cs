using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>The members of a node's lists as nodes.</summary>
internal sealed class ListMembers(TreeResources tree)
{
    public Node[] U(Node leaf)
    {
        UList list = tree.Shape.Nodes(leaf.Level).Chunk.Read<UList>()[leaf.Row];
        return Nodes(tree.Lists.U.Span.Slice(list.Start, list.Count));
    }

    public Node[] W(Node leaf)
    {
        WList list = tree.Shape.Nodes(leaf.Level).Chunk.Read<WList>()[leaf.Row];
        return Nodes(tree.Lists.W.Span.Slice(list.Start, list.Count));
    }

    public Node[] X(Node node)
    {
        XList list = tree.Shape.Nodes(node.Level).Chunk.Read<XList>()[node.Row];
        return Nodes(tree.Lists.X.Span.Slice(list.Start, list.Count));
    }

    private Node[] Nodes(Span<ListMember> members) => [.. members.ToArray().Select(member => new Node(tree.Shape, member.Level, member.Row))];
}
