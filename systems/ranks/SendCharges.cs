using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Brings every charge to the rank that owns its point.</summary>
public sealed unsafe class SendCharges : RankSystem
{
    private readonly int _components;

    internal SendCharges(World world, RankLink link, int components)
        : base(world, link) => _components = components;

    /// <inheritdoc/>
    protected override Access Touched => new Access().ReadResource<GivenInput>().ReadResource<PointInput>().WriteResource<ChargeInput>();

    /// <inheritdoc/>
    protected override void Tell()
    {
        ChargeInput own = World.Resource<ChargeInput>(), given = World.Resource<GivenInput>().Charges;
        // Behind this rank's own and outliers, ghosts have room: their charges come later.
        own.Values.Resize(checked(World.Resource<PointInput>().Sources.Length * _components));
        Span<double> behind = own.Values.Span[(Link.Sources.Own * _components)..];
        behind.Clear();
        own.Unit = given.Unit;
        Link.Sources.Bring(Link.Ranks, given.Values.Pointer, _components * sizeof(double), own.Values.Pointer, Jobs);
        Link.SourceOutliers.Bring(Link.Ranks, given.Values.Span, _components, behind);
    }
}
