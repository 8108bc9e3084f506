using System.Numerics;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>A tree with its operators prepared and its charges placed; each operator is run by hand, on the calling thread.</summary>
internal sealed unsafe class OperatorWorld<TKernel, T, TRegister> : IDisposable
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private readonly List<ISystem<FmmStep>> _systems = [];
    private readonly TKernel _kernel;
    private readonly ILinearAlgebra _algebra = LinearAlgebra.Create();
    private readonly bool _gradient;

    public OperatorWorld(
        TKernel kernel, int order, TreeSettings settings, Position[] sources, double[] charges, Position[]? targets = null,
        TransferStrategy strategy = TransferStrategy.Fft, bool gradient = false, int? rank = null, LowRankOptions? lowRank = null)
    {
        _kernel = kernel;
        _gradient = gradient;
        Sources = sources;
        Charges = charges;
        Targets = targets ?? sources;
        ExpansionSizes = ExpansionSizes.Of(kernel, order, SurfaceRatios.Standard, strategy, rank, lowRank);
        settings.DirectPoints = DirectLeaves.Most(ExpansionSizes.Surface.Count);
        Tree = new TreeResources(World, settings);
        ChargeInput input = new(World.Ledger);
        World.SetResource(input);
        World.SetResource(new FieldOutput(World.Ledger));
        World.SetResource(new WorkPlan(World.Ledger));
        World.SetResource(new WideNear(World.Ledger));
        World.SetResource(new VectorSeries(World.Ledger));
        World.SetResource(new OutlierField(World.Ledger));
        World.SetResource(new OperatorSet<T>());
        TransferMethod transfer = TransferMethod.Of(strategy);
        transfer.Enter<T>(World);
        AddColumns();
        if (targets is null) Tree.Input.Set(sources);
        else Tree.Input.Set(sources, targets);
        input.Values.Resize(charges.Length);
        charges.CopyTo(input.Values.Span);
        Run(
            new BoundPoints(World), new EncodeKeys(World), new SortPoints(World), new SplitNodes(World), new BalanceTree(World),
            new SpawnNodes(World), new PlacePointsIn<T>(World));
        BuildLists();
        Run(
            new PrepareOperatorsFor<TKernel, T>(World, kernel, ExpansionSizes, _algebra, TRegister.Count),
            transfer.Prepare<TKernel, T, TRegister>(World, kernel, ExpansionSizes, _algebra, RegisterWidth.Bits256),
            new PlaceChargesIn<T>(World, TKernel.SourceComponents));
    }

    public World World { get; } = World.Create();

    public TreeResources Tree { get; }

    public ExpansionSizes ExpansionSizes { get; }

    public Position[] Sources { get; }

    public Position[] Targets { get; }

    public double[] Charges { get; }

    /// <summary>Lists and plan for the nodes as they stand.</summary>
    public void BuildLists()
    {
        Run(new LinkColleagues(World), new BuildNearLists(World), new BuildMixedLists(World), new BuildFarLists(World));
        PlanWork();
    }

    /// <summary>The plan for lists as they stand.</summary>
    public void PlanWork() => Run(new PlanWork(World, TKernel.Parity != KernelParity.None));

    public void Upward() => Run(new SeriesP2M<T, TRegister>(World, ExpansionSizes), new OctetM2M<T, TRegister>(World, ExpansionSizes));

    public void Transfer() => Run(TransferMethod.Of(ExpansionSizes.Strategy).Create<T, TRegister>(World, ExpansionSizes, _algebra));

    public void Transfer(int windowOctets, long passBytes) => Run(new FftM2L<T, TRegister, TRegister>(World, ExpansionSizes, windowOctets, passBytes));

    public void SourcesToLocals() => Run(new SurfaceP2L<TKernel, T, TRegister>(World, _kernel, ExpansionSizes));

    public void Downward() => Run(new OctetL2L<T, TRegister>(World, ExpansionSizes));

    public void LocalsToTargets() => Run(new SeriesL2P<T, TRegister>(World, ExpansionSizes, _gradient));

    public void MultipolesToTargets() => Run(new SurfaceM2P<TKernel, T, TRegister>(World, _kernel, ExpansionSizes, _gradient));

    public void NearField() => Run(new DirectP2P<TKernel, T, TRegister, TRegister, TRegister, Register256<double>>(World, _kernel, ExpansionSizes, _gradient));

    /// <summary>A node's multipole or local point by point, rounded up to double precision.</summary>
    public double[] Row<TTag>(Node node)
        where TTag : unmanaged
    {
        double[] sorted = [.. World.NodeChunk(new QueryDescription().WithBlock<TTag, T>(), node.Level).ReadBlock<TTag, T>()[node.Row].ToArray().Select(x => Unit<TTag>() * double.CreateTruncating(x))];
        double[] row = new double[sorted.Length];
        fixed (double* from = sorted, to = row)
        {
            ParityRows<double>.Unsort(typeof(TTag) == typeof(Local) ? ExpansionSizes.Checks : ExpansionSizes.Densities, node.Row & 7, from, ExpansionSizes.Surface.Count, to);
        }
        return row;
    }

    /// <summary>The potential or gradient part of a field column, in input order.</summary>
    public double[] Field<TTag>(bool slopes = false)
        where TTag : unmanaged
    {
        Chunk chunk = SortedPoints.Of(World.Query(new QueryDescription().WithAll<TargetTag, InputIndex>()));
        int potentials = TKernel.PotentialComponents, count = slopes ? 3 * potentials : potentials;
        double[] field = new double[Targets.Length * count];
        ReadOnlySpan<InputIndex> index = chunk.Read<InputIndex>();
        for (int i = 0; i < Targets.Length; i++)
        {
            Span<T> row = chunk.ReadBlock<TTag, T>()[i];
            for (int c = 0; c < count; c++) field[(index[i].Value * count) + c] = Unit<TTag>() * double.CreateTruncating(row[slopes ? potentials + c : c]);
        }
        return field;
    }

    // Charges are held in a unit of their own, fields without the kernel's normalisation.
    private double Unit<TTag>() => World.Resource<ChargeInput>().Unit * (typeof(TTag) == typeof(Multipole) ? 1 : TKernel.Normalisation(_kernel));

    public void Dispose()
    {
        foreach (ISystem<FmmStep> system in _systems) system.Dispose();
        World.Destroy(World);
    }

    private void Run(params ReadOnlySpan<ISystem<FmmStep>> systems)
    {
        foreach (ISystem<FmmStep> system in systems)
        {
            _systems.Add(system);
            system.Update(FmmStep.Everything);
        }
    }

    private void AddColumns()
    {
        int components = TKernel.PotentialComponents * (_gradient ? 4 : 1);
        TreeLayout layout = Tree.Layout.WithRelativePositions<T>();
        layout.Nodes.WithBlock<Multipole, T>(ExpansionSizes.DensityCount).WithBlock<Local, T>(ExpansionSizes.CheckCount);
        layout.Sources.WithBlock<SourceCharge, T>(TKernel.SourceComponents);
        layout.Targets.WithBlock<FarField, T>(components).WithBlock<NearField, T>(components);
        layout.Shared.WithBlock<SourceCharge, T>(TKernel.SourceComponents).WithBlock<FarField, T>(components).WithBlock<NearField, T>(components);
    }
}
