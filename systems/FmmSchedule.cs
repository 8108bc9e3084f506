using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// READ FIRST: the whole method, one line a system. Points become Morton keys, keys a tree, the tree lists; densities rise
/// from the leaves, cross over the V lists, and descend to the targets, while the near field runs beside them. Where the box repeats,
/// <see cref="FarImages"/> and <see cref="Background"/> join.
/// </summary>
/// <remarks>
/// A host's entities are the points where it says which (<see cref="FmmEntities"/>): systems of its own move and charge them before
/// <see cref="ReadEntities"/>, and use the field after <see cref="WriteEntities"/>. A host that fills arrays instead
/// (<see cref="FmmMethod.Tree"/>, <see cref="FmmMethod.Charges"/>) does so before <see cref="BoundPoints"/>, and finds the field after <see cref="GatherFields"/>.
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

    /// <summary>The method for a kernel and entities of the world, in a schedule of its own.</summary>
    /// <param name="world">World that holds entities, sorted points, nodes and fields.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="entities">Which entities are the points.</param>
    /// <exception cref="ArgumentException">A component of the entities does not fit the kernel.</exception>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    /// <exception cref="InvalidOperationException">The world has a method already; after its disposal there is room for another.</exception>
    /// <exception cref="KernelException">The kernel is not what it declares.</exception>
    public static FmmMethod Create<TKernel>(World world, TKernel kernel, FmmOptions options, FmmEntities entities)
        where TKernel : unmanaged, IKernel<TKernel> =>
        Create(world, kernel, options, entities, new Schedule<FmmStep>("field"));

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
        ArgumentNullException.ThrowIfNull(schedule);
        return Order(FmmParts.Create(world, kernel, options), schedule);
    }

    /// <summary>The method for a kernel and entities of the world, added to a schedule that the host builds.</summary>
    /// <param name="world">World that holds entities, sorted points, nodes and fields.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="entities">Which entities are the points.</param>
    /// <param name="schedule">The schedule, not built yet.</param>
    /// <exception cref="ArgumentException">A component of the entities does not fit the kernel.</exception>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    /// <exception cref="InvalidOperationException">The world has a method already; after its disposal there is room for another.</exception>
    /// <exception cref="KernelException">The kernel is not what it declares.</exception>
    public static FmmMethod Create<TKernel>(World world, TKernel kernel, FmmOptions options, FmmEntities entities, Schedule<FmmStep> schedule)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        ArgumentNullException.ThrowIfNull(entities);
        ArgumentNullException.ThrowIfNull(schedule);
        return Order(FmmParts.Create(world, kernel, options, entities), schedule);
    }

    /// <summary>The method over ranks: points may be given on any of them, and their fields come back there. All ranks make the same call, and update at the same time.</summary>
    /// <param name="world">World of this rank.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">What is asked for, the same on all ranks.</param>
    /// <param name="ranks">The ranks; one alone has the method of one.</param>
    /// <param name="entities">Which entities are the points of this rank; null where the host fills arrays.</param>
    /// <param name="schedule">The schedule, not built yet; null for one of its own.</param>
    /// <exception cref="ArgumentException">A component of the entities does not fit the kernel.</exception>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    /// <exception cref="InvalidOperationException">The world has a method already; after its disposal there is room for another.</exception>
    /// <exception cref="KernelException">The kernel is not what it declares.</exception>
    public static FmmMethod Create<TKernel>(
        World world, TKernel kernel, FmmOptions options, IRanks ranks, FmmEntities? entities = null, Schedule<FmmStep>? schedule = null)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        ArgumentNullException.ThrowIfNull(ranks);
        return Order(FmmParts.Create(world, kernel, options, entities, ranks), schedule ?? new Schedule<FmmStep>("field"));
    }

    // What joins on ranks: all that is told to others is in one chain, so that they tell it in the same order. On their way during the upward pass are
    // charges, during the near field multipoles.
    private static ReturnFields OrderRanks(FmmParts parts, Schedule<FmmStep> schedule)
    {
        PartitionPoints partition = parts.PartitionPoints();
        FindGhosts find = parts.FindGhosts();
        AdoptGhosts adopt = parts.AdoptGhosts();
        SendCharges charges = parts.SendCharges();
        RequestSources sources = parts.RequestSources();
        RequestMultipoles multipoles = parts.RequestMultipoles();
        MeasureWork work = parts.MeasureWork();
        PostGhostCharges postCharges = parts.PostGhostCharges();
        AwaitGhostCharges awaitCharges = parts.AwaitGhostCharges();
        PostMultipoles post = parts.PostMultipoles();
        AwaitMultipoles wait = parts.AwaitMultipoles();
        ReturnFields back = parts.ReturnFields();
        schedule.Add(partition).After<CheckInput>().Before<EncodeKeys>();
        schedule.Add(find).After(partition).After<BalanceTree>().Before<SpawnNodes>();
        schedule.Add(adopt).After<SpawnNodes>().Before<LinkColleagues>().Before<PlacePoints>().Before<PrepareOperators>().Before<PrepareTransfers>().Before<ClearLeftOut>().Before<ActOnOutliers>();
        schedule.Add(sources).After(adopt).After<BuildNearLists>().After<BuildMixedLists>().Before<PlacePoints>().Before<PlanWork>().Before<ActOnOutliers>().Before<ClearLeftOut>();
        schedule.Add(charges).After(sources).Before<PlaceCharges>();
        schedule.Add(multipoles).After(charges).After<BuildFarLists>();
        schedule.Chain(multipoles, work);
        schedule.Add(postCharges).After(work).Before<P2M>();
        schedule.Add(awaitCharges).After(postCharges).After<ActOnOutliers>().After<M2M>().After<PlaceCharges>().Before<P2P>();
        schedule.Add(post).After(awaitCharges).Before<P2P>();
        schedule.Add(wait).After(post).After<P2P>().Before<M2L>();
        schedule.Add(back).After(wait).After<GatherFields>();
        return back;
    }

    /// <summary>The systems in their order.</summary>
    private static FmmMethod Order(FmmParts parts, Schedule<FmmStep> schedule)
    {
        BeginStep begin = parts.BeginStep();
        // Over ranks the tree is built anew wherever points have moved.
        FollowPoints? follow = parts.Link is null ? parts.FollowPoints() : null;
        BoundPoints bound = parts.BoundPoints();
        CheckInput check = parts.CheckInput();
        EncodeKeys encode = parts.EncodeKeys();
        SortPoints sort = parts.SortPoints();
        HandOverPoints? handOver = parts.Link is null ? parts.HandOverPoints() : null;
        ChooseLeaf choose = parts.ChooseLeaf();
        SplitNodes split = parts.SplitNodes();
        BalanceTree balance = parts.BalanceTree();
        SpawnNodes spawn = parts.SpawnNodes();
        LinkColleagues link = parts.LinkColleagues();
        PlacePoints place = parts.PlacePoints();
        BuildNearLists near = parts.BuildNearLists();
        BuildMixedLists mixed = parts.BuildMixedLists();
        BuildFarLists far = parts.BuildFarLists();
        PlanWork plan = parts.PlanWork();
        PrepareOperators prepare = parts.PrepareOperators();
        PrepareTransfers transfers = parts.PrepareTransfers();
        PlaceCharges charges = parts.PlaceCharges();
        ClearLeftOut clear = parts.ClearLeftOut();
        P2M p2m = parts.P2M();
        M2M m2m = parts.M2M();
        M2L m2l = parts.M2L();
        P2L p2l = parts.P2L();
        L2L l2l = parts.L2L();
        L2P l2p = parts.L2P();
        M2P m2p = parts.M2P();
        P2P p2p = parts.P2P();
        ActOnOutliers outliers = parts.ActOnOutliers();
        GatherFields gather = parts.GatherFields();

        if (follow is not null && handOver is not null) schedule.Chain(begin, follow, bound, check, encode, sort, handOver, choose, split, balance, spawn, link, near, plan);
        else schedule.Chain(begin, bound, check, encode, sort, choose, split, balance, spawn, link, near, plan);
        // The plan does not ask for the other lists.
        schedule.Chain(link, mixed, far, m2l);
        schedule.Chain(spawn, place);
        schedule.Chain(spawn, prepare);
        schedule.Chain(spawn, transfers);
        schedule.Chain(handOver is null ? choose : handOver, charges);
        schedule.Chain(spawn, clear);
        schedule.Add(p2m).After(plan).After(place).After(prepare).After(charges).After(clear);
        schedule.Chain(p2m, m2m, m2l, p2l, l2l, l2p, m2p, gather);
        schedule.Chain(transfers, m2l);
        schedule.Add(outliers).After(charges).After(spawn).Before(gather);
        schedule.Add(p2p).After(plan).After(mixed).After(place).After(charges).After(clear).Before(gather);
        if (parts.Options.Periodic is not null)
        {
            schedule.Chain(m2l, parts.FarImages(), p2l);
            schedule.Chain(m2p, parts.Background(), gather);
        }
        if (parts.Options.Hessian) schedule.Add(parts.ComputeHessians()).After(l2l).After(place).Before(gather);
        ReturnFields? back = parts.Link is null ? null : OrderRanks(parts, schedule);
        if (parts.Entities is not null)
        {
            schedule.Chain(begin, parts.ReadEntities(), follow is null ? bound : follow);
            schedule.Chain(back is null ? gather : back, parts.WriteEntities());
        }
        return parts.Method(schedule);
    }
}
