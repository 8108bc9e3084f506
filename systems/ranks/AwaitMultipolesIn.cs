using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Puts multipoles of a precision together.</summary>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TRegister">Registers.</typeparam>
internal sealed unsafe class AwaitMultipolesIn<T, TRegister>(World world, RankLink link, ExpansionSizes expansion) : AwaitMultipoles(world, link)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private readonly OctetM2M<T, TRegister> _translation = new(world, expansion);
    private readonly NodeRows _rows = new();
    private readonly LevelBlock<Multipole, T> _multipoles = new();

    /// <inheritdoc/>
    protected override Access Touched => _translation.Access;

    /// <inheritdoc/>
    public override void Dispose()
    {
        _translation.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void Tell()
    {
        Link.WaitForAll();
        MultipoleRoutes routes = Link.Multipoles;
        int numbers = expansion.DensityCount, bytes = numbers * sizeof(T);
        _rows.Read(World.Query(in OctetM2M<T, TRegister>.Nodes));
        _multipoles.Write(_rows);
        NodeMultipoles<T>.Unpack(_multipoles, routes.Whole.ReceivedNodes, numbers, (T*)routes.Incoming.Pointer);
        if (routes.Steps.Length > 0) _translation.Read(_rows);
        foreach (CutStep step in routes.Steps)
        {
            T* node = _multipoles.Row(step.Node.Level, step.Node.Row);
            if (step.Rank < 0) _translation.Translate(step.Node.Level + 1, step.Octet);
            else if (step.IsSent) Link.Post(Link.Ranks.Send(node, numbers, sizeof(T), step.Rank, RankTag.Upward + step.Node.Level));
            else Link.Ranks.Wait(Link.Ranks.Receive(node, numbers, sizeof(T), step.Rank, RankTag.Upward + step.Node.Level));
        }

        Link.WaitForAll();
        routes.Outgoing.Resize(checked(routes.Cut.SentNodes.Length * bytes));
        routes.Incoming.Resize(checked(routes.Cut.ReceivedNodes.Length * bytes));
        NodeMultipoles<T>.Pack(_multipoles, routes.Cut.SentNodes, numbers, (T*)routes.Outgoing.Pointer);
        Link.Post(routes.Cut.Sent, routes.Outgoing.Pointer, routes.Cut.Received, routes.Incoming.Pointer, bytes, RankTag.Cut);
        Link.WaitForAll();
        NodeMultipoles<T>.Unpack(_multipoles, routes.Cut.ReceivedNodes, numbers, (T*)routes.Incoming.Pointer);
    }
}
