using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The U, W and X lists of nodes, as the operators take them: which members act directly is settled where lists are built, so that small
/// members of textbook W and X lists stand in U. V lists are walked by <see cref="FarList"/>.
/// </summary>
public static class MemberList
{
    /// <summary>Adds to a declaration what reading the lists touches.</summary>
    /// <param name="access">What else is touched.</param>
    public static Access Declare(Access access)
    {
        ArgumentNullException.ThrowIfNull(access);
        return access.ReadResource<ListStore>().ReadResource<MixedStore>().Gather<UList>().Gather<WList>().Gather<XList>();
    }

    /// <summary>The leaves whose sources act on a leaf's targets directly, the leaf itself among them: P2P's.</summary>
    /// <param name="world">The world.</param>
    /// <param name="nodes">The nodes of a level.</param>
    /// <param name="row">The leaf.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">The rows are no nodes.</exception>
    public static ReadOnlySpan<ListMember> U(World world, in Chunk nodes, int row)
    {
        UList list = Of<UList>(in nodes, row);
        return Store<ListStore>(world).U.Span.Slice(list.Start, list.Count);
    }

    /// <summary>The nodes whose multipoles act on a leaf's targets, a level below it: M2P's.</summary>
    /// <inheritdoc cref="U"/>
    public static ReadOnlySpan<ListMember> W(World world, in Chunk nodes, int row)
    {
        WList list = Of<WList>(in nodes, row);
        return Store<MixedStore>(world).W.Span.Slice(list.Start, list.Count);
    }

    /// <summary>The leaves whose sources act on a node's local, a level above it: P2L's.</summary>
    /// <inheritdoc cref="U"/>
    public static ReadOnlySpan<ListMember> X(World world, in Chunk nodes, int row)
    {
        XList list = Of<XList>(in nodes, row);
        return Store<MixedStore>(world).X.Span.Slice(list.Start, list.Count);
    }

    private static TList Of<TList>(in Chunk nodes, int row)
        where TList : unmanaged
    {
        ReadOnlySpan<TList> lists = nodes.Read<TList>();
        nodes.RequireRow(row);
        return lists[row];
    }

    private static TStore Store<TStore>(World world)
        where TStore : class
    {
        ArgumentNullException.ThrowIfNull(world);
        return world.Resource<TStore>();
    }
}
