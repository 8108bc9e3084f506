using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Brings the field of every target back to the rank that was given it, in the order of its input.
/// </summary>
public sealed unsafe class ReturnFields : RankSystem
{
    private readonly int _components;
    private readonly bool _gradient, _hessian, _hasEnergy;

    internal ReturnFields(World world, RankLink link, int components, FmmOptions options, bool hasEnergy)
        : base(world, link)
    {
        _hasEnergy = hasEnergy;
        _components = components;
        (_gradient, _hessian) = (options.Gradient, options.Hessian);
    }

    /// <inheritdoc/>
    protected override Access Touched => new Access().ReadResource<PointInput>().ReadResource<FieldOutput>().WriteResource<GivenInput>();

    /// <inheritdoc/>
    protected override void Tell()
    {
        FieldOutput own = World.Resource<FieldOutput>(), given = World.Resource<GivenInput>().Fields;
        bool shared = World.Resource<PointInput>().Shared;
        RankRoute route = Link.Fields(shared);
        Return(route, Link.FieldOutliers(shared), own.Potentials, given.Potentials, _components);
        Return(route, Link.FieldOutliers(shared), own.Gradients, given.Gradients, _gradient ? 3 * _components : 0);
        Return(route, Link.FieldOutliers(shared), own.Hessians, given.Hessians, _hessian ? 6 : 0);
        ChargeInput charges = World.Resource<GivenInput>().Charges;
        bool isEnergy = _hasEnergy && shared;
        Link.Energy = isEnergy ? Link.Ranks.Sum(PotentialEnergy.Of(charges.Values.Span, given.Potentials.Span)) : null;
    }

    private void Return(RankRoute route, RankOutliers outliers, NativeBuffer<double> own, NativeBuffer<double> given, int numbers)
    {
        given.Resize(checked(route.Given * numbers));
        if (numbers == 0) return;
        route.Return(Link.Ranks, own.Pointer, numbers * sizeof(double), given.Pointer, Jobs);
        outliers.Return(Link.Ranks, own.Span[(route.Own * numbers)..], numbers, given.Span);
    }
}
