using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Sends multipoles of a precision.</summary>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed unsafe class PostMultipolesIn<T>(World world, RankLink link, ExpansionSizes expansion) : PostMultipoles(world, link)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey>().WithBlock<Multipole, T>();
    private readonly NodeRows _rows = new();
    private readonly LevelBlock<Multipole, T> _multipoles = new();

    /// <inheritdoc/>
    protected override Access Touched { get; } = new Access().Gather(in _nodes).ReadResource<TreeShape>().WriteBlock<Multipole, T>();

    /// <inheritdoc/>
    protected override void Tell()
    {
        _rows.Read(World.Query(in _nodes));
        _multipoles.Write(_rows);
        if (World.Resource<StepChange>().NeedsTree) ClearGhosts(World.Resource<TreeShape>());
        MultipoleRoutes routes = Link.Multipoles;
        MultipoleRoute whole = routes.Whole;
        int bytes = expansion.DensityCount * sizeof(T);
        routes.Outgoing.Resize(checked(whole.SentNodes.Length * bytes));
        routes.Incoming.Resize(checked(whole.ReceivedNodes.Length * bytes));
        NodeMultipoles<T>.Pack(_multipoles, whole.SentNodes, expansion.DensityCount, (T*)routes.Outgoing.Pointer);
        Link.Post(whole.Sent, routes.Outgoing.Pointer, whole.Received, routes.Incoming.Pointer, bytes, RankTag.Whole);
    }

    // M2L takes whole octets: of a ghost octet, what nobody sends is zero.
    private void ClearGhosts(TreeShape shape)
    {
        for (int level = 0; level <= shape.Depth; level++)
        {
            int start = level == 0 ? 0 : 8 * shape.OwnStart(level), end = level == 0 ? 1 : 8 * shape.OwnEnd(level), rows = shape.RowCount(level);
            Clear(level, 0, start);
            Clear(level, end, rows);
        }
    }

    private void Clear(int level, int start, int end)
    {
        if (end > start) System.Runtime.InteropServices.NativeMemory.Clear(_multipoles.Row(level, start), (nuint)(end - start) * (nuint)(expansion.DensityCount * sizeof(T)));
    }
}
