using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Particles to particles: each target's sum over the sources of its leaf's U list, directly, and over those members of its
/// W and X lists that hold too few points for an expansion (<see cref="NearMembers"/>). Independent of the whole far field.
/// </summary>
/// <remarks>
/// Where the points are sources and targets at once and the kernel is mutual, each pair is evaluated once and added to both its points:
/// units first fill their own points' fields and halos, then each unit's points take what others' halos hold for them, in the order of
/// the units.
/// </remarks>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TLane">Registers where the tree is too shallow for a far field: then the sums are direct, and exact.</typeparam>
/// <typeparam name="TNear">Registers beside a far field: their roots may have as few digits as the order.</typeparam>
/// <typeparam name="TApart">The same for points apart, not finite where two coincide; <typeparamref name="TNear"/> if there are none.</typeparam>
public sealed class P2P<TKernel, T, TLane, TNear, TApart>(World world, TKernel kernel, Expansion expansion, bool gradient)
    : BaseSystem<World, FieldStep>(world)
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
    where TNear : unmanaged, ILane<TNear, T>
    where TApart : unmanaged, ILane<TApart, T>
{
    private readonly NearInput<T> _near = new(expansion.Surface.Count);
    private NearJob<T>? _alone, _mutualAlone, _beside, _mutualBeside;

    /// <inheritdoc/>
    public override Access Access { get; } = PointColumns<T>.Declare(NearLists.Declare(new Access()))
        .ReadResource<WorkPlan>().Gather<NodeKey>().WriteBlock<NearField, T>();

    /// <inheritdoc/>
    public override void Update(in FieldStep step)
    {
        _near.Read(World);
        bool far = World.Resource<TreeShape>().Depth > 1;
        NearJob<T> job = (far, _near.Plan.Mutual) switch
        {
            (true, true) => _mutualBeside ??= Mutual<TNear, TApart>(),
            (true, false) => _beside ??= OneWay<TNear>(),
            (false, true) => _mutualAlone ??= Mutual<TLane, TLane>(),
            (false, false) => _alone ??= OneWay<TLane>(),
        };
        job.Run(_near, Jobs, Counters);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _alone?.Dispose();
        _mutualAlone?.Dispose();
        _beside?.Dispose();
        _mutualBeside?.Dispose();
        base.Dispose();
    }

    private OneWayNear<TKernel, T, TAny> OneWay<TAny>()
        where TAny : unmanaged, ILane<TAny, T> => new(World.Ledger, kernel, gradient);

    private NearJob<T> Mutual<TAny, TShort>()
        where TAny : unmanaged, ILane<TAny, T>
        where TShort : unmanaged, ILane<TShort, T> => gradient
        ? new MutualNear<TKernel, T, TAny, TShort, PotentialWithGradient>(World.Ledger, kernel)
        : new MutualNear<TKernel, T, TAny, TShort, PotentialAlone>(World.Ledger, kernel);
}
