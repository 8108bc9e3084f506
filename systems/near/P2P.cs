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
/// <remarks>
/// Single precision looks for pairs that lie too close for rounded coordinates and puts them right (<see cref="ClosePairs{T, TLane}"/>); where
/// they are many, or closer than its numbers reach, the whole near field is computed in double precision until the points change.
/// </remarks>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TLane">Registers where the tree is too shallow for a far field: then the sums are direct, and exact.</typeparam>
/// <typeparam name="TNear">Registers beside a far field: their roots may have as few digits as the order.</typeparam>
/// <typeparam name="TApart">The same for points apart, not finite where two coincide; <typeparamref name="TNear"/> if there are none.</typeparam>
/// <typeparam name="TWide">Registers of double precision.</typeparam>
public sealed unsafe class P2P<TKernel, T, TLane, TNear, TApart, TWide>(World world, TKernel kernel, Expansion expansion, bool gradient)
    : BaseSystem<World, FieldStep>(world)
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
    where TNear : unmanaged, ILane<TNear, T>
    where TApart : unmanaged, ILane<TApart, T>
    where TWide : unmanaged, ILane<TWide, double>
{
    private readonly NearInput<T> _near = new(expansion.Surface.Count);
    private readonly LevelKernels<TKernel, T> _kernels = new(kernel);
    private readonly bool _vanishes = PairField<TKernel, T, TLane>.VanishesAtZero(kernel, gradient);
    private NearJob<T>? _alone, _mutualAlone, _beside, _mutualBeside;
    private WidePart? _widePart;

    /// <inheritdoc/>
    public override Access Access { get; } = ExactPoints.Declare(PointColumns<T>.Declare(NearLists.Declare(new Access())))
        .ReadResource<WorkPlan>().ReadResource<ChargeInput>().WriteResource<WideNear>().Gather<NodeKey>().WriteBlock<NearField, T>();

    /// <inheritdoc/>
    public override void Update(in FieldStep step)
    {
        _near.Read(World);
        _kernels.Read(World.Resource<TreeShape>());
        bool far = World.Resource<TreeShape>().Depth > 1;
        NearJob<T> job = (far, _near.Plan.Mutual) switch
        {
            (true, true) => _mutualBeside ??= Mutual<TNear, TApart>(),
            (true, false) => _beside ??= OneWay<TNear>(),
            (false, true) => _mutualAlone ??= Mutual<TLane, TLane>(),
            (false, false) => _alone ??= OneWay<TLane>(),
        };
        WideNear wide = World.Resource<WideNear>();
        if (step.PointsChanged) wide.IsNeeded = false;
        if (!wide.IsNeeded) wide.IsNeeded = !job.Run(_near, Jobs, Counters) && !LevelUnit.IsAbsolute<T>();
        wide.IsUsed = wide.IsNeeded;
        if (wide.IsUsed) (_widePart ??= new WidePart(World, kernel, expansion, _vanishes)).Run(this, wide);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _alone?.Dispose();
        _mutualAlone?.Dispose();
        _beside?.Dispose();
        _mutualBeside?.Dispose();
        _widePart?.Dispose();
        base.Dispose();
    }

    private OneWayNear<TKernel, T, TAny> OneWay<TAny>()
        where TAny : unmanaged, ILane<TAny, T> => new(World.Ledger, _kernels, Settings(typeof(TAny) == typeof(TLane)), gradient);

    private NearJob<T> Mutual<TAny, TShort>()
        where TAny : unmanaged, ILane<TAny, T>
        where TShort : unmanaged, ILane<TShort, T> => gradient
        ? new MutualNear<TKernel, T, TAny, TShort, PotentialWithGradient>(World.Ledger, _kernels, Settings(typeof(TAny) == typeof(TLane)))
        : new MutualNear<TKernel, T, TAny, TShort, PotentialAlone>(World.Ledger, _kernels, Settings(typeof(TAny) == typeof(TLane)));

    // Alone, without a far field, the sums are exact.
    private NearSettings Settings(bool alone) =>
        new(CloseReach.Of<T>(alone, expansion.Order), !LevelUnit.IsAbsolute<T>() || !_vanishes, _vanishes);

    // The same lists and the same plan over double precision's columns.
    private sealed class WidePart(World world, TKernel kernel, Expansion expansion, bool vanishes) : IDisposable
    {
        private readonly NearInput<double> _near = new(expansion.Surface.Count);
        private readonly LevelKernels<TKernel, double> _kernels = new(kernel);
        private NearJob<double>? _oneWay, _mutual;

        public void Run(P2P<TKernel, T, TLane, TNear, TApart, TWide> owner, WideNear wide)
        {
            wide.Fill(world, TKernel.SourceComponents, DirectSum<TKernel, double, TWide>.Components(owner.IsGradient), owner.Jobs);
            _kernels.Read(world.Resource<TreeShape>());
            _near.Read(world, wide.Columns, wide.Field.Pointer);
            NearSettings settings = new(CloseReach.Of<double>(true, expansion.Order), !vanishes, vanishes);
            NearJob<double> job = !_near.Plan.Mutual
                ? _oneWay ??= new OneWayNear<TKernel, double, TWide>(world.Ledger, _kernels, settings, owner.IsGradient)
                : _mutual ??= owner.IsGradient
                    ? new MutualNear<TKernel, double, TWide, TWide, PotentialWithGradient>(world.Ledger, _kernels, settings)
                    : new MutualNear<TKernel, double, TWide, TWide, PotentialAlone>(world.Ledger, _kernels, settings);
            job.Run(_near, owner.Jobs, owner.Counters);
        }

        public void Dispose()
        {
            _oneWay?.Dispose();
            _mutual?.Dispose();
        }
    }

    private bool IsGradient => gradient;
}
