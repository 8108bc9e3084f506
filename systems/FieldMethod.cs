using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The method set up in a world: its resources, its schedule and what was chosen for it. A host that builds its own schedule
/// holds one of these; <see cref="FmmSolver"/> holds one for everybody else.
/// </summary>
/// <remarks>The world owns the resources; disposing of the method ends its schedule and leaves them to the world.</remarks>
public sealed class FieldMethod : IDisposable
{
    private readonly IFieldOracle _oracle;

    private FieldMethod(
        World world, Schedule<FieldStep> schedule, FmmOptions options, Expansion expansion, ILinearAlgebra algebra, IFieldOracle oracle)
    {
        World = world;
        Schedule = schedule;
        Options = options;
        Expansion = expansion;
        Algebra = algebra;
        _oracle = oracle;
        Tree = new TreeResources(world, new TreeSettings(options.LeafCapacity ?? LeafLadder.Capacities[0], options.UniformDepth));
        world.SetResource(Leaf = new LeafChoice());
        world.SetResource(Charges = new ChargeInput(world.Ledger));
        world.SetResource(Fields = new FieldOutput(world.Ledger));
        world.SetResource(Plan = new WorkPlan(world.Ledger));
    }

    /// <summary>The world.</summary>
    public World World { get; }

    /// <summary>The schedule; built at the first update, unless the host builds it.</summary>
    public Schedule<FieldStep> Schedule { get; }

    /// <summary>What was asked for.</summary>
    public FmmOptions Options { get; }

    /// <summary>Sizes of the expansions.</summary>
    public Expansion Expansion { get; }

    /// <summary>The linear algebra that runs.</summary>
    public ILinearAlgebra Algebra { get; }

    /// <summary>Most sources and most targets of a leaf of the last tree.</summary>
    public int LeafCapacity => Tree.Settings.LeafCapacity;

    /// <summary>What spoke for that capacity.</summary>
    public LeafChoice Leaf { get; }

    /// <summary>Points, tree and lists.</summary>
    public TreeResources Tree { get; }

    /// <summary>The charges, in input order; fill before an update.</summary>
    public ChargeInput Charges { get; }

    /// <summary>The fields, in input order; valid after an update.</summary>
    public FieldOutput Fields { get; }

    /// <summary>How the work is cut.</summary>
    public WorkPlan Plan { get; }

    /// <summary>Compares the fields of the last update with direct sums in double precision at evenly strided targets.</summary>
    /// <param name="samples">Targets to compare, 1 or more; all of them if there are fewer.</param>
    /// <param name="jobs">Where the sums run.</param>
    /// <param name="cancellation">Ends the sums early, within milliseconds.</param>
    /// <exception cref="InvalidOperationException">There are no fields yet.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public FieldError Verify(int samples, Jobs jobs, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        int targets = Tree.Input.TargetCount;
        if (targets == 0 || Fields.Potentials.Length == 0) throw new InvalidOperationException("There is no field to verify: evaluate first.");
        return _oracle.Compare(Tree.Input, Charges, Fields, Math.Min(samples, targets), Options.Gradient, jobs, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Schedule.Dispose();
        _oracle.Dispose();
    }

    internal static FieldMethod Create<TKernel, T, TWide>(World world, TKernel kernel, FmmOptions options, Schedule<FieldStep> schedule)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TWide : unmanaged, ILane<TWide, double>
    {
        int order = options.ResolveOrder();
        Expansion expansion = Expansion.Of(kernel, order, options.Surfaces, options.Transfer ?? TransferChoice.For(kernel, order, options.Precision));
        ILinearAlgebra algebra = LinearAlgebra.Create(options.LinearAlgebra, options.Lanes);
        FieldMethod method = new(
            world, schedule, options, expansion, algebra, new FieldOracle<TKernel, TWide>(world.Ledger, kernel));
        world.SetResource(new OperatorSet<T>());
        world.SetResource(expansion);
        int components = DirectSum<TKernel, double, TWide>.Components(options.Gradient);
        TreeLayout layout = method.Tree.Layout.WithRelativePositions<T>();
        layout.Nodes.Cleared = false; // P2M, M2M and M2L write every row that is read, lists every row
        layout.Nodes.WithBlock<Multipole, T>(expansion.DensityCount).WithBlock<Local, T>(expansion.CheckCount);
        layout.Sources.WithBlock<Charge, T>(TKernel.SourceComponents);
        layout.Targets.WithBlock<FarField, T>(components).WithBlock<NearField, T>(components);
        layout.Shared.WithBlock<Charge, T>(TKernel.SourceComponents).WithBlock<FarField, T>(components).WithBlock<NearField, T>(components);
        return method;
    }
}
