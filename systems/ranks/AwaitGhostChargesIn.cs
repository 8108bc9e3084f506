using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Puts the charges of ghosts behind this rank's own.</summary>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed unsafe class AwaitGhostChargesIn<T>(World world, RankLink link, int components) : AwaitGhostCharges(world, link)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly QueryDescription _sources = new QueryDescription().WithAll<SourceTag>().WithBlock<SourceCharge, T>();

    /// <inheritdoc/>
    protected override Access Touched { get; } = new Access().Read(in _sources).WriteBlock<SourceCharge, T>().ReadResource<PointRows>().WriteResource<ChargeInput>();

    /// <inheritdoc/>
    protected override void Tell()
    {
        Link.WaitForAll();
        ChargeInput input = World.Resource<ChargeInput>();
        GhostTree ghosts = Link.Ghosts;
        if (ghosts.Points == 0) return;
        Span<double> values = input.Values.Span[^(ghosts.Points * components)..];
        ghosts.Incoming.Span.CopyTo(values);
        T* placed = SortedPoints.Of(World.Query(in _sources)).WriteBlock<SourceCharge, T>().Pointer + ((nint)World.Resource<PointRows>().Sources * components);
        double scale = 1 / input.Unit;
        for (int i = 0; i < values.Length; i++) placed[i] = T.CreateTruncating(values[i] * scale);
    }
}
