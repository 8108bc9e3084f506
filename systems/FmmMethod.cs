using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The method set up in a world: its resources, its schedule and what was chosen for it. A host that builds its own schedule
/// holds one of these; <see cref="FmmSolver"/> holds one for everybody else.
/// </summary>
/// <remarks>
/// The world owns the resources, and has room for one method at a time. Disposing of the method ends its schedule, empties the
/// rows of nodes and points, and leaves the resources to the world, or to the next method in it.
/// </remarks>
public sealed class FmmMethod : IDisposable
{
    private readonly IFieldOracle _oracle;
    private readonly FieldOrigin _origin;
    private readonly EntityInput _rows;
    private readonly InputReader _reader;
    private readonly SolverClaim _claim = new(typeof(FmmMethod));
    private FieldEstimate? _estimate;

    internal FmmMethod(
        World world, Schedule<FmmStep> schedule, FmmOptions options, FmmEntities? entities, RankLink? link, ExpansionView expansions, PointView points, ILinearAlgebra algebra,
        TreeResources tree, IFieldOracle oracle)
    {
        World = world;
        Schedule = schedule;
        Options = options;
        Entities = entities;
        Link = link;
        Given = world.Resource<GivenInput>();
        Expansions = expansions;
        Points = points;
        Algebra = algebra;
        Tree = tree;
        Leaf = world.Resource<LeafChoice>();
        Plan = world.Resource<WorkPlan>();
        _origin = world.Resource<FieldOrigin>();
        _rows = world.Resource<EntityInput>();
        _oracle = oracle;
        _reader = new InputReader(world.Ledger, "oracle: input");
    }

    /// <summary>The world.</summary>
    public World World { get; }

    /// <summary>The schedule; built at the first update, unless the host builds it.</summary>
    public Schedule<FmmStep> Schedule { get; }

    /// <summary>What was asked for.</summary>
    public FmmOptions Options { get; }

    /// <summary>Which entities are the points; null where the host fills points and charges itself.</summary>
    public FmmEntities? Entities { get; }

    /// <summary>What the ranks know of each other; null on one.</summary>
    internal RankLink? Link { get; }

    /// <summary>Points, charges and fields as the host gives and gets them; on one rank those that the systems work on.</summary>
    internal GivenInput Given { get; }

    /// <summary>Sizes of the expansions.</summary>
    public ExpansionSizes ExpansionSizes => Expansions.Sizes;

    /// <summary>Multipoles and locals in plain order and the user's units.</summary>
    public ExpansionView Expansions { get; }

    /// <summary>The points of nodes and their fields, in the user's units.</summary>
    public PointView Points { get; }

    /// <summary>The linear algebra that runs.</summary>
    internal ILinearAlgebra Algebra { get; }

    /// <summary>Most sources and most targets of a leaf of the last tree.</summary>
    public int LeafCapacity => Tree.Settings.LeafCapacity;

    /// <summary>What spoke for that capacity.</summary>
    public LeafChoice Leaf { get; }

    /// <summary>Points, tree and lists.</summary>
    public TreeResources Tree { get; }

    /// <summary>The points as the host gives them: fill it before an update, unless entities are the points. On one rank it is the tree's own (<see cref="TreeResources.Input"/>).</summary>
    public PointInput Input => Given.Points;

    /// <summary>The charges, in input order; fill before an update, unless entities are the points.</summary>
    public ChargeInput Charges => Given.Charges;

    /// <summary>The fields, in input order; valid after an update.</summary>
    public FieldOutput Fields => Given.Fields;

    /// <summary>
    /// The potential energy of the last update's points in their own field, half of the sum of charge times potential; in the kernel's and the user's units. Null where
    /// that is none: without a field, where targets are not the sources, for a kernel that has several numbers a point (what Stokes' forces times
    /// velocities add up to is a power) or that acts one way (<see cref="KernelParity"/> not even). It is added up at each call.
    /// </summary>
    public double? Energy => PotentialEnergy.Of(this);

    /// <summary>The kernel's name, and its parameters behind it if it has any.</summary>
    internal string Kernel { get; set; } = "";

    /// <summary>Whether the kernel of one number acts both ways alike: K(-d) = K(d).</summary>
    internal bool IsSymmetric { get; set; }

    /// <summary>How the work is cut.</summary>
    internal WorkPlan Plan { get; }

    /// <summary>What the expansions of the last update cannot promise, and what else of the kernel its user should know, a sentence each; mostly empty.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            string? far = FarFieldWarning.Of(this), charged = Options.Periodic is { } box ? World.Resource<ImageField>().Warning(box, Charges.Unit) : null;
            return far is null && charged is null ? KernelWarnings : [.. KernelWarnings, .. new[] { far, charged }.OfType<string>()];
        }
    }

    /// <summary>The length over which the kernel oscillates, in the user's unit; infinite if it does not.</summary>
    internal double Wavelength { get; set; } = double.PositiveInfinity;

    /// <summary>What the kernel's user should know, see <see cref="KernelCheck.Warnings{TKernel}"/>.</summary>
    internal IReadOnlyList<string> KernelWarnings { get; set; } = [];

    /// <summary>
    /// Puts the entities' rows into the order of the tree, so that points which are close in space are close in memory: with many points a step
    /// reads less memory for some dozens of steps, until they have mixed. Call it between updates; the next one builds the tree anew.
    /// </summary>
    /// <remarks>Entities keep their names. Row numbers and spans from before are of other rows; so are fields that were copied out by row.</remarks>
    /// <exception cref="InvalidOperationException">No entities are the points; or no update with the rows that there are has ended.</exception>
    public void SortEntities() => _rows.Sort(Tree);

    /// <summary>
    /// Makes the next update compute as a fresh method does for its points: the leaf capacity is chosen and tree and lists are made anew, whatever earlier
    /// updates have left. A run that goes on and one that is resumed from a file then take the same way; files of worlds call it.
    /// </summary>
    public void Invalidate() => Invalidate(World);

    /// <summary>The same for the method of a world, if it has one.</summary>
    internal static void Invalidate(World world)
    {
        if (world.TryResource(out StepChange? change)) change.Invalidate();
        if (world.TryResource(out Following? following)) following.HasRoom = false;
        if (world.TryResource(out LeafChoice? leaf)) leaf.Forget();
    }

    /// <summary>Compares the fields of the last update with direct sums in double precision at evenly strided targets.</summary>
    /// <param name="samples">Targets to compare, 1 or more; all of them if there are fewer.</param>
    /// <param name="jobs">Where the sums run.</param>
    /// <param name="cancellation">Ends the sums early, within milliseconds.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">There are no fields of the present points and charges: no update has ended yet,
    /// the last one failed or was cancelled, or points or charges are others than it computed from, be it on the host's entities. Or another call of Verify is
    /// running.</exception>
    public FieldError Verify(int samples, Jobs jobs, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        using SolverClaim.Held held = _claim.Take(nameof(Verify));
        RequireFields(jobs);
        return Compare(samples, jobs, cancellation);
    }

    /// <summary>The same without a look at whether the fields are of the present points and charges.</summary>
    internal FieldError Compare(int samples, Jobs jobs, CancellationToken cancellation) =>
        Link is not null
            ? RankOracle.Compare(this, _oracle, samples, jobs, cancellation)
            : _oracle.Compare(Tree.Input, Charges, Fields, Tree.Shape, Math.Min(samples, Tree.Input.TargetCount), Options.Gradient, jobs, cancellation);

    /// <summary>Estimates the error of the last update's field; the potential's is not a number where a field is none.</summary>
    internal FieldError Estimate(IThreadDispatcher dispatcher, CancellationToken cancellation) =>
        (_estimate ??= new FieldEstimate(this, _oracle)).Of(dispatcher, cancellation);

    /// <summary>Waits for the error of all ranks' fields, on the threads of a running system.</summary>
    internal FieldError CompareRanks(Jobs jobs, CancellationToken cancellation) => RankOracle.Compare(this, _oracle, OrderSearch.Targets, jobs, cancellation);

    /// <summary>Ends the method and its schedule. A second call does nothing.</summary>
    /// <exception cref="InvalidOperationException">Verify is running; the method goes on as if nothing had been called.</exception>
    public void Dispose()
    {
        if (!_claim.End()) return;
        try
        {
            Schedule.Dispose();
        }
        catch
        {
            _claim.Reopen();
            throw;
        }
        _estimate?.Dispose();
        _oracle.Dispose();
        _reader.Dispose();
        foreach (Archetype rows in World.Archetypes) if (rows.IsEnBloc && Tree.Layout.Has(rows.Signature)) rows.SetCount(0);
        MethodPlace.Leave(World);
    }

    private void RequireFields(Jobs jobs)
    {
        if (!_origin.HasFields) throw new InvalidOperationException("There is no field to verify: evaluate first.");
        (PointInput points, ChargeInput charges, FieldOutput fields) = (Given.Points, Given.Charges, Given.Fields);
        int numbers = points.TargetCount * ExpansionSizes.PotentialComponents;
        if (!_rows.IsCurrent(points, charges, jobs) || !_origin.IsFieldOf(_reader.Read(points, charges, jobs)) || fields.Potentials.Length != numbers || (Options.Gradient && fields.Gradients.Length != 3 * numbers) || (Options.Hessian && fields.Hessians.Length != 6 * numbers))
            throw new InvalidOperationException("Points, charges or fields were changed since the last update: evaluate first.");
    }
}
