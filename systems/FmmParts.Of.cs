using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The parts for a kernel, a precision and a width of registers.</summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TRegister">Registers of it.</typeparam>
internal sealed class FmmParts<TKernel, T, TRegister> : FmmParts
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private readonly TKernel _kernel;
    private readonly TreeResources _tree;
    private readonly bool _gradient;

    public FmmParts(World world, TKernel kernel, FmmOptions options, FmmEntities? entities, IRanks? ranks)
        : base(world, options, entities, SizesOf(kernel, options), LinearAlgebra.Create(options.LinearAlgebra, options.Registers), ranks)
    {
        _kernel = kernel;
        _gradient = options.Gradient;
        TreeSettings settings = new(options.LeafCapacity ?? LeafLadder.Capacities[0], options.UniformDepth, options.MaxLevel ?? Morton.MaxLevel)
        {
            DirectPoints = DirectLeaves.Most(ExpansionSizes.Surface.Count),
            // What does not touch lies farther apart than the kernel reaches.
            NarrowestEdge = TKernel.Reach(kernel),
        };
        _tree = new TreeResources(world, settings);
        if (ranks is not null) world.SetResource(Link = new RankLink(ranks, world.Ledger));
        Enter(world, _tree.Layout);
        Expansions = new ExpansionViewIn<T>(world, ExpansionSizes, UnitPotential);
        Points = new PointViewIn<T>(world, ExpansionSizes, _gradient, UnitPotential);
        MethodPlace.Prepare(world, this);
    }

    public override ExpansionView Expansions { get; }

    public override PointView Points { get; }

    public override FmmMethod Method(Schedule<FmmStep> schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        MethodPlace.Require(World, this);
        FmmMethod method = new(World, schedule, Options, Entities, Link, Expansions, Points, Algebra, _tree, Width switch
        {
            RegisterWidth.Bits512 when RegisterWidths.Has512 => new FieldOracle<TKernel, Register512<double>>(World.Ledger, _kernel, Options.Hessian),
            RegisterWidth.Bits256 when RegisterWidths.Has256 => new FieldOracle<TKernel, Register256<double>>(World.Ledger, _kernel, Options.Hessian),
            RegisterWidth.Bits128 when RegisterWidths.Has128 => new FieldOracle<TKernel, Register128<double>>(World.Ledger, _kernel, Options.Hessian),
            RegisterWidth.Scalar when RegisterWidths.HasScalar => new FieldOracle<TKernel, Register1<double>>(World.Ledger, _kernel, Options.Hessian),
            _ => throw RegisterWidths.Missing(Width),
        });
        method.Wavelength = TKernel.Wavelength(_kernel);
        method.KernelWarnings = KernelCheck.Warnings<TKernel>();
        method.Kernel = TKernel.Parameters(_kernel) is { Length: > 0 } parameters ? $"{TKernel.Name} {parameters}" : TKernel.Name;
        method.IsSymmetric = TKernel.Parity == KernelParity.Even;
        MethodPlace.Take(World);
        Schedule = schedule;
        return method;
    }

    public override BoundPoints BoundPoints() => new(World, quantised: TKernel.Degree is null && TKernel.FarDegree is null, scaled: KernelUnits.Supports(_kernel), Options.Periodic, Link);

    public override ChooseLeaf ChooseLeaf()
    {
        return new ChooseLeaf(World, Options, ExpansionSizes, Costs(), () => (CalibrationLoop<Laplace, T, TRegister>.Kept(_gradient), CalibrationLoop<TKernel, T, TRegister>.Of(_kernel, _gradient).Pair), Link);
    }

    public override PlanWork PlanWork() => new(World, IsMutual);

    public override SendCharges SendCharges() => new(World, RequireRanks(), TKernel.SourceComponents);

    public override MeasureWork MeasureWork() => new(World, RequireRanks(), Costs(), ExpansionSizes, IsMutual);

    public override PostGhostCharges PostGhostCharges() => new(World, RequireRanks(), TKernel.SourceComponents);

    public override AwaitGhostCharges AwaitGhostCharges() => new AwaitGhostChargesIn<T>(World, RequireRanks(), TKernel.SourceComponents);

    public override PostMultipoles PostMultipoles() => new PostMultipolesIn<T>(World, RequireRanks(), ExpansionSizes);

    public override AwaitMultipoles AwaitMultipoles() => new AwaitMultipolesIn<T, TRegister>(World, RequireRanks(), ExpansionSizes);

    public override ReturnFields ReturnFields() => new(
        World, RequireRanks(), TKernel.PotentialComponents, Options, TKernel.SourceComponents == 1 && TKernel.PotentialComponents == 1 && TKernel.Parity == KernelParity.Even);

    public override PlacePoints PlacePoints() => new PlacePointsIn<T>(World);

    public override PlaceCharges PlaceCharges() => new PlaceChargesIn<T>(World, TKernel.SourceComponents);

    public override PrepareOperators PrepareOperators() => TKernel.HasFarForm
        ? new PrepareOperatorsFor<FarForm<TKernel>, T>(World, Far, ExpansionSizes, Algebra, TRegister.Count)
        : new PrepareOperatorsFor<TKernel, T>(World, _kernel, ExpansionSizes, Algebra, TRegister.Count);

    public override PrepareTransfers PrepareTransfers() => TKernel.HasFarForm
        ? Transfer.Prepare<FarForm<TKernel>, T, TRegister>(World, Far, ExpansionSizes, Algebra, Width)
        : Transfer.Prepare<TKernel, T, TRegister>(World, _kernel, ExpansionSizes, Algebra, Width);

    public override ClearLeftOut ClearLeftOut() => new ClearLeftOutIn<T>(World, this);

    public override P2M P2M() => new SeriesP2M<T, TRegister>(World, ExpansionSizes);

    public override M2M M2M() => new OctetM2M<T, TRegister>(World, ExpansionSizes);

    public override M2L M2L() => Transfer.Create<T, TRegister>(World, ExpansionSizes, Algebra);

    public override FarImages FarImages()
    {
        RequireImages();
        return new SurfaceImages<TKernel, T>(World, _kernel, ExpansionSizes, Link);
    }

    public override Background Background()
    {
        RequireImages();
        return new BackgroundIn<T>(World, _gradient);
    }

    public override P2L P2L() => TKernel.HasFarForm
        ? new SurfaceP2L<FarForm<TKernel>, T, TRegister>(World, Far, ExpansionSizes)
        : new SurfaceP2L<TKernel, T, TRegister>(World, _kernel, ExpansionSizes);

    public override L2L L2L() => new OctetL2L<T, TRegister>(World, ExpansionSizes);

    public override L2P L2P() => new SeriesL2P<T, TRegister>(World, ExpansionSizes, _gradient);

    public override M2P M2P() => TKernel.HasFarForm
        ? new SurfaceM2P<FarForm<TKernel>, T, TRegister>(World, Far, ExpansionSizes, _gradient)
        : new SurfaceM2P<TKernel, T, TRegister>(World, _kernel, ExpansionSizes, _gradient);

    public override P2P P2P() => Options.Precision == Precision.Single
        ? P2PChoice.Single(World, _kernel, ExpansionSizes, Options, Width)
        : P2PChoice.Double(World, _kernel, ExpansionSizes, Options, Width);

    public override ActOnOutliers ActOnOutliers() => Width switch
    {
        RegisterWidth.Bits512 when RegisterWidths.Has512 => new ActOnOutliersFor<TKernel, Register512<double>>(World, _kernel, _gradient, HasOutlierPairs),
        RegisterWidth.Bits256 when RegisterWidths.Has256 => new ActOnOutliersFor<TKernel, Register256<double>>(World, _kernel, _gradient, HasOutlierPairs),
        RegisterWidth.Bits128 when RegisterWidths.Has128 => new ActOnOutliersFor<TKernel, Register128<double>>(World, _kernel, _gradient, HasOutlierPairs),
        RegisterWidth.Scalar when RegisterWidths.HasScalar => new ActOnOutliersFor<TKernel, Register1<double>>(World, _kernel, _gradient, HasOutlierPairs),
        _ => throw RegisterWidths.Missing(Width),
    };

    public override ComputeHessians ComputeHessians() => !Options.Hessian
        ? throw new InvalidOperationException("The options ask for no second derivatives: set FmmOptions.Hessian.")
        : Width switch
        {
            RegisterWidth.Bits512 when RegisterWidths.Has512 => new ComputeHessiansFor<TKernel, Register512<double>>(World, _kernel, ExpansionSizes, Link),
            RegisterWidth.Bits256 when RegisterWidths.Has256 => new ComputeHessiansFor<TKernel, Register256<double>>(World, _kernel, ExpansionSizes, Link),
            RegisterWidth.Bits128 when RegisterWidths.Has128 => new ComputeHessiansFor<TKernel, Register128<double>>(World, _kernel, ExpansionSizes, Link),
            RegisterWidth.Scalar when RegisterWidths.HasScalar => new ComputeHessiansFor<TKernel, Register1<double>>(World, _kernel, ExpansionSizes, Link),
            _ => throw RegisterWidths.Missing(Width),
        };

    public override GatherFields GatherFields() => new GatherFieldsIn<T>(World, TKernel.SourceComponents, TKernel.PotentialComponents, _gradient, UnitPotential, Link);

    private FarForm<TKernel> Far => new(_kernel);

    // Over ranks one of them sums what all have.
    private bool HasOutlierPairs => Link is null || Link.HasOutlierPairs;

    // SumColumns has room for three.
    private bool IsMutual => Options.MutualPairs && TKernel.Parity != KernelParity.None && TKernel.PotentialComponents <= 3;

    private TransferMethod Transfer => TransferMethod.Of(ExpansionSizes.Strategy);

    private CostModel Costs() => new(
        ExpansionSizes, Options.Precision, Width, _gradient, ReferenceCosts.Of(Options.Precision).PairFactor(_kernel, Width, _gradient),
        Options.RootPrecision == RootPrecision.Full, KernelFlops.Of(_kernel, _gradient));

    // What the operators call 1 in units of a length, as a potential of the user's.
    private double UnitPotential(double unit)
    {
        KernelUnits.At(_kernel, unit, out double factor);
        return factor * TKernel.Normalisation(_kernel);
    }

    private void RequireImages()
    {
        if (Options.Periodic is null) throw new InvalidOperationException("No box repeats: set FmmOptions.Periodic, or leave this system out.");
    }

    private static ExpansionSizes SizesOf(TKernel kernel, FmmOptions options)
    {
        if (options.Periodic is { } box) ScreenedForm.Demand(kernel, box);
        int order = options.ResolveOrder();
        if (options.Hessian && !(TKernel.HasHessian && TKernel.PotentialComponents == 1 && !TKernel.HasFarForm))
            throw new FmmOptionException(nameof(options.Hessian), true, $"the kernel {TKernel.Name} has no second derivatives; leave this out, or implement AddHessian and HasHessian.");
        if (options.Gradient && TKernel.PotentialComponents > KernelForms.MostWithGradient)
        {
            throw new FmmOptionException(
                nameof(options.Gradient), true, $"the kernel {TKernel.Name} has {TKernel.PotentialComponents} numbers a target, and gradients are of {KernelForms.MostWithGradient} at most; leave this out.");
        }
        KernelCheck.Demand<TKernel, T, TRegister>(kernel, options.Gradient, order);
        return TKernel.HasFarForm ? SizesOf(new FarForm<TKernel>(kernel), options, order) : SizesOf(kernel, options, order);
    }

    private static ExpansionSizes SizesOf<TFar>(TFar kernel, FmmOptions options, int order)
        where TFar : unmanaged, IKernel<TFar>
    {
        TransferMethod transfer = TransferChoice.Of(options, kernel, order);
        transfer.Demand(kernel);
        return ExpansionSizes.Of(kernel, order, options.Surfaces, transfer.Strategy, options.Rank, options.LowRank);
    }

    // The method's resources, and the columns of its rows.
    private void Enter(World world, TreeLayout layout)
    {
        world.SetResource(new LeafChoice());
        ChargeInput charges = new(world.Ledger);
        FieldOutput fields = new(world.Ledger);
        world.SetResource(charges);
        world.SetResource(fields);
        world.SetResource(Link is null
            ? new GivenInput(_tree.Input, charges, fields, isApart: false)
            : new GivenInput(new PointInput(world.Ledger), new ChargeInput(world.Ledger), new FieldOutput(world.Ledger), isApart: true));
        world.SetResource(new WorkPlan(world.Ledger));
        world.SetResource(new WideNear(world.Ledger));
        world.SetResource(new VectorSeries(world.Ledger) { IsApart = Link is not null });
        world.SetResource(new OutlierField(world.Ledger));
        world.SetResource(new FieldOrigin());
        world.SetResource(new ImageField());
        world.SetResource(new EntityInput(world, layout, Entities, _gradient));
        world.SetResource(new OperatorSet<T>());
        world.SetResource(new OperatorKeeping(Options.OperatorStore, Options.Precision, world.Ledger));
        Transfer.Enter<T>(world);
        world.SetResource(ExpansionSizes);
        int components = DirectSum<TKernel, T, TRegister>.Components(_gradient);
        layout.WithRelativePositions<T>();
        if (Link is not null) layout.Nodes.With<NodeRank>();
        layout.Nodes.Cleared = false; // P2M, M2M and M2L write every row that is read, lists every row
        layout.Nodes.WithBlock<Multipole, T>(ExpansionSizes.DensityCount).WithBlock<Local, T>(ExpansionSizes.CheckCount);
        layout.Sources.WithBlock<SourceCharge, T>(TKernel.SourceComponents);
        layout.Targets.WithBlock<FarField, T>(components).WithBlock<NearField, T>(components);
        layout.Shared.WithBlock<SourceCharge, T>(TKernel.SourceComponents).WithBlock<FarField, T>(components).WithBlock<NearField, T>(components);
    }
}
