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
/// <typeparam name="TLane">Registers.</typeparam>
public sealed unsafe class P2P<TKernel, T, TLane>(World world, TKernel kernel, Expansion expansion, bool gradient)
    : BaseSystem<World, FieldStep>(world)
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    private readonly NearInput<T> _near = new(expansion.Surface.Count);
    private NearJob<T>? _oneWay, _mutual;

    /// <inheritdoc/>
    public override Access Access { get; } = PointColumns<T>.Declare(NearLists.Declare(new Access()))
        .ReadResource<WorkPlan>().Gather<NodeKey>().WriteBlock<NearField, T>();

    /// <inheritdoc/>
    public override void Update(in FieldStep step)
    {
        WorkPlan plan = World.Resource<WorkPlan>();
        _near.Read(World);
        NearJob<T> job = plan.Mutual ? _mutual ??= Mutual() : _oneWay ??= new OneWayNear<TKernel, T, TLane>(World.Ledger, kernel, gradient);
        job.Run(_near, Jobs, Counters);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _oneWay?.Dispose();
        _mutual?.Dispose();
        base.Dispose();
    }

    private NearJob<T> Mutual() => gradient
        ? new MutualNear<TKernel, T, TLane, PotentialWithGradient>(World.Ledger, kernel)
        : new MutualNear<TKernel, T, TLane, PotentialAlone>(World.Ledger, kernel);
}
