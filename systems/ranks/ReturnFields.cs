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
    protected override Access Touched => new Access().ReadResource<PointInput>().ReadResource<FieldOutput>().ReadResource<EntityInput>().WriteResource<FieldOrigin>().WriteResource<GivenInput>();

    /// <inheritdoc/>
    /// <exception cref="FieldRangeException">The field at a target that this rank was given is no finite number.</exception>
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
        if (Link.Ranks.Largest(Link.HasWrongField ? 1 : 0) != 0) RequireFinite(given);
    }

    // Whoever was given a target tells of it, by its own number; the others that it does.
    private void RequireFinite(FieldOutput given)
    {
        Link.HasWrongField = false;
        int own = Math.Min(FirstWrong(given.Potentials, _components), Math.Min(FirstWrong(given.Gradients, 3 * _components), FirstWrong(given.Hessians, 6)));
        int[] all = Link.Ranks.Gather(own);
        int rank = Array.FindIndex(all, one => one != int.MaxValue);
        if (rank < 0) return;
        given.Clear();
        World.Resource<FieldOrigin>().Drop();
        if (own != int.MaxValue) throw new FieldRangeException(own, InputRules.Of(World.Resource<EntityInput>().Targets, own));
        throw new RankFailedException($"Rank {rank} of {all.Length} was given a target, {all[rank]}, at which the field has no finite value.", isAgreed: true);
    }

    private static int FirstWrong(NativeBuffer<double> numbers, int each)
    {
        int wrong = numbers.Span.IndexOfAnyExceptInRange(-double.MaxValue, double.MaxValue);
        return wrong < 0 ? int.MaxValue : wrong / each;
    }

    private void Return(RankRoute route, RankOutliers outliers, NativeBuffer<double> own, NativeBuffer<double> given, int numbers)
    {
        given.Resize(checked(route.Given * numbers));
        if (numbers == 0) return;
        route.Return(Link.Ranks, own.Pointer, numbers * sizeof(double), given.Pointer, Jobs);
        outliers.Return(Link.Ranks, own.Span[(route.Own * numbers)..], numbers, given.Span);
    }
}
