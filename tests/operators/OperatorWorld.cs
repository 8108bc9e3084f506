using System.Numerics;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>A tree with its operators prepared and its charges placed; each operator is run by hand, on the calling thread.</summary>
internal sealed unsafe class OperatorWorld<TKernel, T, TLane> : IDisposable
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    private readonly List<ISystem<FieldStep>> _systems = [];
    private readonly TKernel _kernel;
    private readonly ILinearAlgebra _algebra = LinearAlgebra.Create();
    private readonly bool _gradient;

    public OperatorWorld(
        TKernel kernel, int order, TreeSettings settings, Position[] sources, double[] charges, Position[]? targets = null,
        TransferStrategy strategy = TransferStrategy.Fft, bool gradient = false)
    {
        _kernel = kernel;
        _gradient = gradient;
        Sources = sources;
        Charges = charges;
        Targets = targets ?? sources;
        Expansion = Expansion.Of(kernel, order, SurfaceRatios.Standard, strategy);
        Tree = new TreeResources(World, settings);
        ChargeInput input = new(World.Ledger);
        World.SetResource(input);
        World.SetResource(new FieldOutput(World.Ledger));
        World.SetResource(new WorkPlan(World.Ledger));
        World.SetResource(new WideNear(World.Ledger));
        World.SetResource(new OutlierField(World.Ledger));
        World.SetResource(new OperatorSet<T>());
        AddColumns();
        if (targets is null) Tree.Input.Set(sources);
        else Tree.Input.Set(sources, targets);
        input.Values.Resize(charges.Length);
        charges.CopyTo(input.Values.Span);
        Run(
            new BoundPoints(World), new EncodeKeys(World), new SortPoints(World), new SplitNodes(World), new BalanceTree(World),
            new SpawnNodes(World), new LinkColleagues(World), new PlacePoints<T>(World), new BuildNearLists(World),
            new BuildMixedLists(World), new BuildFarLists(World), new PlanWork(World, Expansion, TKernel.IsMutual),
            new PrepareOperators<TKernel, T, Lane256<double>>(World, kernel, Expansion, _algebra),
            new PlaceCharges<T>(World, TKernel.SourceComponents));
    }

    public World World { get; } = World.Create();

    public TreeResources Tree { get; }

    public Expansion Expansion { get; }

    public Position[] Sources { get; }

    public Position[] Targets { get; }

    public double[] Charges { get; }

    public void Upward() => Run(new P2M<T, TLane>(World, Expansion), new M2M<T, TLane>(World, Expansion));

    public void Transfer() => Run(Expansion.Strategy switch
    {
        TransferStrategy.Dense => new DenseM2L<T>(World, Expansion, _algebra),
        TransferStrategy.Compressed => new CompressedM2L<T, TLane>(World, Expansion),
        _ => new FftM2L<T, TLane, TLane>(World, Expansion),
    });

    public void Transfer(int windowOctets, long passBytes) => Run(new FftM2L<T, TLane, TLane>(World, Expansion, windowOctets, passBytes));

    public void SourcesToLocals() => Run(new P2L<TKernel, T, TLane>(World, _kernel, Expansion));

    public void Downward() => Run(new L2L<T, TLane>(World, Expansion));

    public void LocalsToTargets() => Run(new L2P<T, TLane>(World, Expansion, _gradient));

    public void MultipolesToTargets() => Run(new M2P<TKernel, T, TLane>(World, _kernel, Expansion, _gradient));

    public void NearField() => Run(new P2P<TKernel, T, TLane, TLane, TLane, Lane256<double>>(World, _kernel, Expansion, _gradient));

    /// <summary>A node's multipole or local point by point, rounded up to double precision.</summary>
    public double[] Row<TTag>(Node node)
        where TTag : unmanaged
    {
        double[] sorted = [.. Tree.Shape.Nodes(node.Level).Chunk.ReadBlock<TTag, T>()[node.Row].ToArray().Select(x => Unit<TTag>() * double.CreateTruncating(x))];
        double[] row = new double[sorted.Length];
        fixed (double* from = sorted, to = row)
        {
            ParityRows<double>.Unsort(typeof(TTag) == typeof(Local) ? Expansion.Checks : Expansion.Densities, node.Row & 7, from, Expansion.Surface.Count, to);
        }
        return row;
    }

    /// <summary>The potential or gradient part of a field column, in input order.</summary>
    public double[] Field<TTag>(bool slopes = false)
        where TTag : unmanaged
    {
        Chunk chunk = Tree.Points.Targets.Chunk;
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
    private double Unit<TTag>() => World.Resource<ChargeInput>().Unit * (typeof(TTag) == typeof(Multipole) ? 1 : _kernel.Normalisation);

    public void Dispose()
    {
        foreach (ISystem<FieldStep> system in _systems) system.Dispose();
        World.Destroy(World);
    }

    private void Run(params ReadOnlySpan<ISystem<FieldStep>> systems)
    {
        foreach (ISystem<FieldStep> system in systems)
        {
            _systems.Add(system);
            system.Update(new FieldStep(PointsChanged: true));
        }
    }

    private void AddColumns()
    {
        int components = TKernel.PotentialComponents * (_gradient ? 4 : 1);
        TreeLayout layout = Tree.Layout.WithRelativePositions<T>();
        layout.Nodes.WithBlock<Multipole, T>(Expansion.DensityCount).WithBlock<Local, T>(Expansion.CheckCount);
        layout.Sources.WithBlock<Charge, T>(TKernel.SourceComponents);
        layout.Targets.WithBlock<FarField, T>(components).WithBlock<NearField, T>(components);
        layout.Shared.WithBlock<Charge, T>(TKernel.SourceComponents).WithBlock<FarField, T>(components).WithBlock<NearField, T>(components);
    }
}
