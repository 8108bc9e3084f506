using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// READ FIRST: the whole method, one line a system. Points become Morton keys, keys a tree, the tree lists; densities rise
/// from the leaves, cross over the V lists, and descend to the targets, while the near field runs beside them.
/// </summary>
/// <remarks>
/// A host adds systems of its own to the same schedule: before <c>BoundPoints</c> to move the points or to set the charges, after
/// <c>GatherFields</c> to use the field.
/// </remarks>
public static class FmmSchedule
{
    /// <summary>The method for a kernel, in a schedule of its own.</summary>
    /// <param name="world">World that holds points, nodes and fields.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">What is asked for.</param>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    /// <exception cref="InvalidOperationException">The world has a method already; after its disposal there is room for another.</exception>
    /// <exception cref="KernelException">The kernel is not what it declares.</exception>
    public static FmmMethod Create<TKernel>(World world, TKernel kernel, FmmOptions options)
        where TKernel : unmanaged, IKernel<TKernel> =>
        Create(world, kernel, options, new Schedule<FmmStep>("field"));

    /// <summary>The method for a kernel, added to a schedule that the host builds.</summary>
    /// <param name="world">World that holds points, nodes and fields.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="schedule">The schedule, not built yet.</param>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    /// <exception cref="InvalidOperationException">The world has a method already; after its disposal there is room for another.</exception>
    /// <exception cref="KernelException">The kernel is not what it declares.</exception>
    public static FmmMethod Create<TKernel>(World world, TKernel kernel, FmmOptions options, Schedule<FmmStep> schedule)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(schedule);
        options.Validate();
        MethodPlace.RequireFree(world);
        if (options.RequireTolerance)
            throw new FmmOptionException(nameof(options.RequireTolerance), true, "a schedule of your own is not measured; leave it out and call FmmMethod.Verify.");
        bool single = options.Precision == Precision.Single;
        // The transforms of M2L have eight children in their lanes, so that their registers hold at most eight numbers.
        return (options.Registers ?? RegisterWidths.Best) switch
        {
            RegisterWidth.Bits512 => single ? AddSingle512(world, kernel, options, schedule) : AddDouble512(world, kernel, options, schedule),
            RegisterWidth.Bits256 => single
                ? Add<TKernel, float, Register256<float>, Register256<float>, Register256<double>, Register256<float>, Register256<float>>(world, kernel, options, schedule)
                : Add<TKernel, double, Register256<double>, Register256<double>, Register256<double>, Register256<double>, Register256<double>>(world, kernel, options, schedule),
            RegisterWidth.Bits128 => single
                ? Add<TKernel, float, Register128<float>, Register128<float>, Register128<double>, Register128<float>, Register128<float>>(world, kernel, options, schedule)
                : Add<TKernel, double, Register128<double>, Register128<double>, Register128<double>, Register128<double>, Register128<double>>(world, kernel, options, schedule),
            _ => single
                ? Add<TKernel, float, Register1<float>, Register1<float>, Register1<double>, Register1<float>, Register1<float>>(world, kernel, options, schedule)
                : Add<TKernel, double, Register1<double>, Register1<double>, Register1<double>, Register1<double>, Register1<double>>(world, kernel, options, schedule),
        };
    }

    // The root of a near pair is as exact as the order, and better for a kernel that may fall steeply with the distance: k r of a screened one
    // multiplies its error. 256 and 128 bits have an estimate of 12 bits in
    // single precision alone, so that one step of it is the full root already.
    private static FmmMethod AddSingle512<TKernel>(World world, TKernel kernel, FmmOptions options, Schedule<FmmStep> schedule)
        where TKernel : unmanaged, IKernel<TKernel> => options.RootPrecision == RootPrecision.AsOrder && TKernel.Degree is not null && options.ResolveOrder() <= RootOrders.EstimateOrder
        ? Add512<TKernel, float, Register256<float>, EstimateRoot>(world, kernel, options, schedule)
        : Add512<TKernel, float, Register256<float>, FullRoot>(world, kernel, options, schedule);

    private static FmmMethod AddDouble512<TKernel>(World world, TKernel kernel, FmmOptions options, Schedule<FmmStep> schedule)
        where TKernel : unmanaged, IKernel<TKernel> => (options.RootPrecision == RootPrecision.AsOrder ? options.ResolveOrder() : int.MaxValue) switch
        {
            <= RootOrders.NewtonOrder when TKernel.Degree is not null => Add512<TKernel, double, Register512<double>, NewtonRoot>(world, kernel, options, schedule),
            <= RootOrders.CubicOrder => Add512<TKernel, double, Register512<double>, CubicRoot>(world, kernel, options, schedule),
            _ => Add512<TKernel, double, Register512<double>, FullRoot>(world, kernel, options, schedule),
        };

    private static FmmMethod Add512<TKernel, T, TOctet, TRoot>(World world, TKernel kernel, FmmOptions options, Schedule<FmmStep> schedule)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOctet : unmanaged, IRegister<TOctet, T>
        where TRoot : struct, IRoot<T> =>
        Add<TKernel, T, Register512<T>, TOctet, Register512<double>, RootRegister512<T, TRoot>, RootRegister512<T, ApartRoot<T, TRoot>>>(world, kernel, options, schedule);

    private static FmmMethod Add<TKernel, T, TRegister, TOctet, TWide, TNear, TApart>(
        World world, TKernel kernel, FmmOptions options, Schedule<FmmStep> schedule)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
        where TOctet : unmanaged, IRegister<TOctet, T>
        where TWide : unmanaged, IRegister<TWide, double>
        where TNear : unmanaged, IRegister<TNear, T>
        where TApart : unmanaged, IRegister<TApart, T>
    {
        KernelCheck.Demand<TKernel, T, TRegister>(kernel, options.Gradient, options.ResolveOrder());
        FmmMethod method = FmmMethod.Create<TKernel, T, TWide>(world, kernel, options, schedule);
        method.KernelWarnings = KernelCheck.Warnings<TKernel>();
        ExpansionSizes expansion = method.ExpansionSizes;
        ILinearAlgebra algebra = method.Algebra;
        bool gradient = options.Gradient;

        BeginStep begin = new(world);
        BoundPoints bound = new(world, quantised: TKernel.Degree is null, scaled: KernelUnits.Supports(kernel));
        CheckInput check = new(world, expansion, options);
        EncodeKeys encode = new(world);
        SortPoints sort = new(world);
        RegisterWidth width = options.Registers ?? RegisterWidths.Best;
        CostModel costs = new(
            expansion, options.Precision, width, gradient, ReferenceCosts.Of(options.Precision).PairFactor(kernel, width, gradient),
            options.RootPrecision == RootPrecision.Full);
        ChooseLeaf choose = new(world, options, expansion, costs, () => CalibrationLoop<TKernel, T, TRegister>.Kept(gradient));
        SplitNodes split = new(world);
        BalanceTree balance = new(world);
        SpawnNodes spawn = new(world);
        LinkColleagues link = new(world);
        PlacePoints<T> place = new(world);
        BuildNearLists near = new(world);
        BuildMixedLists mixed = new(world);
        BuildFarLists far = new(world);
        PlanWork plan = new(world, expansion, TKernel.Parity != KernelParity.None);
        PrepareOperators<TKernel, T, TWide> prepare = new(world, kernel, expansion, algebra);
        PlaceCharges<T> charges = new(world, TKernel.SourceComponents);
        P2M<T, TRegister> p2m = new(world, expansion);
        M2M<T, TRegister> m2m = new(world, expansion);
        BaseSystem<World, FmmStep> m2l = expansion.Strategy switch
        {
            TransferStrategy.Dense => new DenseM2L<T>(world, expansion, algebra),
            TransferStrategy.Compressed => new CompressedM2L<T, TRegister>(world, expansion),
            _ => new FftM2L<T, TOctet, TRegister>(world, expansion),
        };
        P2L<TKernel, T, TRegister> p2l = new(world, kernel, expansion);
        L2L<T, TRegister> l2l = new(world, expansion);
        L2P<T, TRegister> l2p = new(world, expansion, gradient);
        M2P<TKernel, T, TRegister> m2p = new(world, kernel, expansion, gradient);
        P2P<TKernel, T, TRegister, TNear, TApart, TWide> p2p = new(world, kernel, expansion, gradient);
        ActOnOutliers<TKernel, TWide> outliers = new(world, kernel, gradient);
        GatherFields<T> gather = new(world, TKernel.SourceComponents, TKernel.PotentialComponents, gradient, unit =>
        {
            KernelUnits.At(kernel, unit, out double factor);
            return factor * TKernel.Normalisation(kernel);
        });

        schedule.Chain(begin, bound, check, encode, sort, choose, split, balance, spawn, link, near, mixed, far, plan);
        schedule.Chain(spawn, place);
        schedule.Chain(spawn, prepare);
        schedule.Chain(sort, charges);
        schedule.Add(p2m).After(plan).After(place).After(prepare).After(charges);
        schedule.Chain(p2m, m2m, m2l, p2l, l2l, l2p, m2p, gather);
        schedule.Add(outliers).After(charges).After(spawn).Before(gather);
        schedule.Add(p2p).After(plan).After(place).After(charges).Before(gather);
        MethodPlace.Take(world);
        return method;
    }
}
