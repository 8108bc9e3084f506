using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Makes the systems of the method for a kernel, one by one: what <see cref="FmmSchedule"/> puts in order, and what a host takes that
/// assembles the method itself. A system that is made must be given to a schedule, which owns it from then on.
/// </summary>
/// <remarks>Creating the parts enters the method's resources in the world; <see cref="Method"/> ends the assembly.</remarks>
public abstract partial class FmmParts
{
    private protected FmmParts(World world, FmmOptions options, FmmEntities? entities, ExpansionSizes sizes, ILinearAlgebra algebra, IRanks? ranks)
    {
        Ranks = ranks;
        Entities = entities;
        World = world;
        Options = options;
        ExpansionSizes = sizes;
        Algebra = algebra;
        Width = options.Registers ?? RegisterWidths.Best;
    }

    /// <summary>The world.</summary>
    public World World { get; }

    /// <summary>What is asked for.</summary>
    public FmmOptions Options { get; }

    /// <summary>Which entities are the points; null where the host fills points and charges itself.</summary>
    public FmmEntities? Entities { get; }

    /// <summary>The ranks that compute the field together; null where this process does alone.</summary>
    public IRanks? Ranks { get; }

    /// <summary>What the ranks know of each other; null where there is one alone.</summary>
    internal RankLink? Link { get; private protected set; }

    /// <summary>Sizes of the expansions.</summary>
    public ExpansionSizes ExpansionSizes { get; }

    private protected ILinearAlgebra Algebra { get; }

    private protected RegisterWidth Width { get; }

    /// <summary>The schedule that the parts were given to; null before <see cref="Method"/>.</summary>
    internal Schedule<FmmStep>? Schedule { get; private protected set; }

    /// <summary>Multipoles and locals in plain order and the user's units.</summary>
    public abstract ExpansionView Expansions { get; }

    /// <summary>The points of nodes and their fields, in the user's units.</summary>
    public abstract PointView Points { get; }

    /// <summary>The parts for a kernel, in a world that has no method yet.</summary>
    /// <param name="world">World that holds points, nodes and fields.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="entities">Which entities are the points; null where the host fills points and charges itself.</param>
    /// <param name="ranks">The ranks that compute the field together, all of which make the same call; null for this process alone.</param>
    /// <exception cref="ArgumentException">A component of the entities does not fit the kernel.</exception>
    /// <exception cref="FmmOptionException">An option cannot be used.</exception>
    /// <exception cref="InvalidOperationException">The world has a method already; after its disposal there is room for another.</exception>
    /// <exception cref="KernelException">The kernel is not what it declares.</exception>
    public static FmmParts Create<TKernel>(World world, TKernel kernel, FmmOptions options, FmmEntities? entities = null, IRanks? ranks = null)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        entities?.Require(TKernel.Name, TKernel.SourceComponents, TKernel.PotentialComponents, options.Gradient);
        MethodPlace.RequireFree(world);
        if (options.RequireTolerance)
        {
            throw new FmmOptionException(nameof(options.RequireTolerance), true, "a schedule of your own is not measured; leave it out and call FmmMethod.Verify.");
        }
        if (ranks is { Count: 1 }) ranks = null;
        return options.Precision == Precision.Single ? Of<TKernel, float>(world, kernel, options, entities, ranks) : Of<TKernel, double>(world, kernel, options, entities, ranks);
    }

    /// <summary>The method whose systems a schedule now holds; takes the world's place for one.</summary>
    /// <param name="schedule">The schedule that the parts were given to.</param>
    /// <exception cref="InvalidOperationException">The world has a method already, be it of these parts; or other parts were created in it since.</exception>
    public abstract FmmMethod Method(Schedule<FmmStep> schedule);

    /// <summary>Notes what the step changed; the first system.</summary>
    public BeginStep BeginStep() => new(World);

    /// <summary>Positions and charges off the host's entities.</summary>
    /// <exception cref="InvalidOperationException">The parts were created without entities.</exception>
    public ReadEntities ReadEntities() => new(World, RequireEntities(), Link);

    /// <summary>Points to the root's cube.</summary>
    public abstract BoundPoints BoundPoints();

    /// <summary>Refuses points and charges that the others could not take.</summary>
    public CheckInput CheckInput() => new(World, ExpansionSizes, Options, Link);

    /// <summary>Finds out how far the last tree serves points that have moved.</summary>
    public FollowPoints FollowPoints() => new(World, Options);

    /// <summary>Hands points over from leaf to leaf, where the tree follows them.</summary>
    public HandOverPoints HandOverPoints() => new(World);

    /// <summary>Points to Morton keys.</summary>
    public EncodeKeys EncodeKeys() => new(World);

    /// <summary>Points to Morton order.</summary>
    public SortPoints SortPoints() => new(World, Link);

    /// <summary>Chooses the leaf capacity where none is given.</summary>
    public abstract ChooseLeaf ChooseLeaf();

    /// <summary>Which nodes are split.</summary>
    public SplitNodes SplitNodes() => new(World, Link);

    /// <summary>Splits more nodes, so that adjacent leaves differ by a level at most.</summary>
    public BalanceTree BalanceTree() => new(World, Link);

    /// <summary>Nodes as entities, level by level.</summary>
    public SpawnNodes SpawnNodes() => new(World);

    /// <summary>Colleagues of the octets.</summary>
    public LinkColleagues LinkColleagues() => new(World);

    /// <summary>The U lists.</summary>
    public BuildNearLists BuildNearLists() => new(World);

    /// <summary>The W and X lists.</summary>
    public BuildMixedLists BuildMixedLists() => new(World);

    /// <summary>The V lists.</summary>
    public BuildFarLists BuildFarLists() => new(World);

    /// <summary>Cuts the work by cost.</summary>
    public abstract PlanWork PlanWork();

    /// <summary>Coordinates as the operators take them.</summary>
    public abstract PlacePoints PlacePoints();

    /// <summary>Charges as the operators take them.</summary>
    public abstract PlaceCharges PlaceCharges();

    /// <summary>Translations of P2M, M2M, L2L and L2P.</summary>
    public abstract PrepareOperators PrepareOperators();

    /// <summary>Translations of M2L.</summary>
    public abstract PrepareTransfers PrepareTransfers();

    /// <summary>Zeros where an operator is left out; comes before all of them.</summary>
    public abstract ClearLeftOut ClearLeftOut();

    /// <summary>Particles to multipole.</summary>
    public abstract P2M P2M();

    /// <summary>Multipole to multipole.</summary>
    public abstract M2M M2M();

    /// <summary>Multipole to local, by the strategy of the options.</summary>
    public abstract M2L M2L();

    /// <summary>Images of a box that repeats to locals.</summary>
    /// <exception cref="InvalidOperationException">The options name no box that repeats.</exception>
    public abstract FarImages FarImages();

    /// <summary>The background that neutralises a box that repeats.</summary>
    /// <exception cref="InvalidOperationException">The options name no box that repeats.</exception>
    public abstract Background Background();

    /// <summary>Particles to local.</summary>
    public abstract P2L P2L();

    /// <summary>Local to local.</summary>
    public abstract L2L L2L();

    /// <summary>Local to particles.</summary>
    public abstract L2P L2P();

    /// <summary>Multipole to particles.</summary>
    public abstract M2P M2P();

    /// <summary>Particles to particles.</summary>
    public abstract P2P P2P();

    /// <summary>What belongs to no node.</summary>
    public abstract ActOnOutliers ActOnOutliers();

    /// <summary>Second derivatives; where the options ask for them (<see cref="FmmOptions.Hessian"/>).</summary>
    /// <exception cref="InvalidOperationException">The options do not ask for them.</exception>
    public abstract ComputeHessians ComputeHessians();

    /// <summary>Fields to input order and the user's units; the last system, unless entities are the points.</summary>
    public abstract GatherFields GatherFields();

    /// <summary>Fields to the host's entities; the last system where entities are the points.</summary>
    /// <exception cref="InvalidOperationException">The parts were created without entities.</exception>
    public WriteEntities WriteEntities() => new(World, RequireEntities(), Options.Gradient, Link is not null);

    private FmmEntities RequireEntities() => Entities
        ?? throw new InvalidOperationException("The parts were created without entities: give FmmParts.Create the FmmEntities that are the points.");

    private static FmmParts Of<TKernel, T>(World world, TKernel kernel, FmmOptions options, FmmEntities? entities, IRanks? ranks)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T> => (options.Registers ?? RegisterWidths.Best) switch
        {
            RegisterWidth.Bits512 when RegisterWidths.Has512 => new FmmParts<TKernel, T, Register512<T>>(world, kernel, options, entities, ranks),
            RegisterWidth.Bits256 when RegisterWidths.Has256 => new FmmParts<TKernel, T, Register256<T>>(world, kernel, options, entities, ranks),
            RegisterWidth.Bits128 when RegisterWidths.Has128 => new FmmParts<TKernel, T, Register128<T>>(world, kernel, options, entities, ranks),
            RegisterWidth.Scalar when RegisterWidths.HasScalar => new FmmParts<TKernel, T, Register1<T>>(world, kernel, options, entities, ranks),
            _ => throw RegisterWidths.Missing(options.Registers ?? RegisterWidths.Best),
        };
}
