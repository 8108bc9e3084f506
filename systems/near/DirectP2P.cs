using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Particles to particles: each target's sum over the sources of its leaf's U list. Independent of the whole far field.
/// </summary>
/// <remarks>
/// <para>
/// Where the points are sources and targets at once and the kernel is even or odd (<see cref="KernelParity"/>), each pair is evaluated once and added to both its points:
/// units first fill their own points' fields and their spills, the sums of points behind them; then each unit's points take what the
/// spills of other units hold for them, in the order of the units (<see cref="CutMutual"/>).
/// </para>
/// <para>
/// Several charge vectors share a pair's geometry, target by target (<see cref="VectorNear{T}"/>).
/// </para>
/// <para>
/// Single precision looks for pairs that lie too close for rounded coordinates and puts them right (<see cref="ClosePairs{T, TRegister}"/>); where
/// they are many, or closer than its numbers reach, the whole near field is computed in double precision until the points change.
/// </para>
/// </remarks>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TRegister">Registers where the tree is too shallow for a far field: then the sums are direct, and exact.</typeparam>
/// <typeparam name="TNear">Registers beside a far field: their roots may have as few digits as the order.</typeparam>
/// <typeparam name="TApart">The same for points apart, not finite where two coincide; <typeparamref name="TNear"/> if there are none.</typeparam>
/// <typeparam name="TWide">Registers of double precision.</typeparam>
internal sealed unsafe class DirectP2P<TKernel, T, TRegister, TNear, TApart, TWide>(World world, TKernel kernel, ExpansionSizes expansion, bool gradient)
    : P2P(world)
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where TNear : unmanaged, IRegister<TNear, T>
    where TApart : unmanaged, IRegister<TApart, T>
    where TWide : unmanaged, IRegister<TWide, double>
{
    private readonly NearInput<T> _near = new();
    private readonly bool _vanishes = PairField<TKernel, T, TRegister>.VanishesAtZero(kernel, gradient);
    private readonly VectorNear<T> _vectors = new(world.Ledger, TKernel.SourceComponents, DirectSum<TKernel, T, TRegister>.Components(gradient));
    private NearEvaluations<TKernel, T, TRegister, TNear, TApart>? _plain;
    private NearEvaluations<WithoutCoincident<TKernel>, T, TRegister, TNear, TApart>? _apart;
    private NearInput<double>? _wideInput;
    private NearEvaluations<TKernel, double, TWide, TWide, TWide>? _wide;
    private NearEvaluations<WithoutCoincident<TKernel>, double, TWide, TWide, TWide>? _wideApart;

    /// <inheritdoc/>
    public override Access Access { get; } = NearInput<T>.Access
        .Union(VectorNear<T>.Access).ReadResource<StepChange>().ReadResource<ChargeInput>().WriteResource<WideNear>().WriteBlock<NearField, T>();

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        _near.Read(World);
        TreeShape shape = World.Resource<TreeShape>();
        WideNear wide = World.Resource<WideNear>();
        if (World.Resource<StepChange>().NeedsTree) wide.IsNeeded = false;
        wide.IsUsed = false;
        if (!wide.IsNeeded && RunTogether(shape)) return;
        if (!wide.IsNeeded) wide.IsNeeded = !Job(shape, _near.Plan.Mutual).Run(_near, Jobs, Counters) && !LevelUnit.IsAbsolute<T>();
        wide.IsUsed = wide.IsNeeded;
        if (wide.IsUsed) RunWide(shape, wide);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _vectors.Dispose();
        _plain?.Dispose();
        _apart?.Dispose();
        _wide?.Dispose();
        _wideApart?.Dispose();
        base.Dispose();
    }

    private bool RunTogether(TreeShape shape)
    {
        VectorSeries series = World.Resource<VectorSeries>();
        if (!VectorSeries.Pays(series.Together, _near.Plan.Mutual)) return false;
        if (series.Current == series.First) _vectors.Run(World, series, _near, Job(shape, mutual: false), Jobs, Counters);
        if (_vectors.Holds) _vectors.Put(series, _near.Field);
        return _vectors.Holds;
    }

    private NearEvaluation<T> Job(TreeShape shape, bool mutual) => _vanishes && !shape.IsExtreme
        ? (_plain ??= new NearEvaluations<TKernel, T, TRegister, TNear, TApart>(World.Ledger, kernel, expansion.Order, gradient)).Of(shape, mutual)
        : (_apart ??= new NearEvaluations<WithoutCoincident<TKernel>, T, TRegister, TNear, TApart>(World.Ledger, new WithoutCoincident<TKernel>(kernel), expansion.Order, gradient))
            .Of(shape, mutual);

    // The same lists and the same plan over double precision's columns.
    private void RunWide(TreeShape shape, WideNear wide)
    {
        wide.Fill(World, TKernel.SourceComponents, DirectSum<TKernel, double, TWide>.Components(gradient), Jobs);
        _wideInput ??= new NearInput<double>();
        _wideInput.Read(World, wide.Columns, wide.Field.Pointer);
        NearEvaluation<double> job = _vanishes && !shape.IsExtreme
            ? (_wide ??= new NearEvaluations<TKernel, double, TWide, TWide, TWide>(World.Ledger, kernel, expansion.Order, gradient)).Of(shape, _wideInput.Plan.Mutual)
            : (_wideApart ??= new NearEvaluations<WithoutCoincident<TKernel>, double, TWide, TWide, TWide>(World.Ledger, new WithoutCoincident<TKernel>(kernel), expansion.Order, gradient))
                .Of(shape, _wideInput.Plan.Mutual);
        job.Run(_wideInput, Jobs, Counters);
    }
}
