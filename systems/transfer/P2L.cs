using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Particles to local over the X lists: the sources of each member add their potential on the node's downward check surface,
/// for leaves and inner nodes alike, before L2L hands it down (Ying, Biros and Zorin 2004, section 3.3).
/// </summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TLane">Registers.</typeparam>
public sealed unsafe class P2L<TKernel, T, TLane>(World world, TKernel kernel, Expansion expansion)
    : BaseSystem<World, FieldStep>(world), IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    private readonly LevelColumn<NodeKey> _keys = new();
    private readonly LevelColumn<NodeLinks> _links = new();
    private readonly LevelColumn<SourceRange> _sources = new();
    private readonly LevelColumn<TargetRange> _targets = new();
    private readonly LevelColumn<XList> _coarser = new();
    private readonly LevelBlock<Local, T> _locals = new();
    private readonly PointColumns<T> _points = new();
    private readonly SurfacePoints<T> _surface = new(world.Ledger, expansion.Surface);
    private readonly WorkerScratch<T> _scratch = new(world.Ledger, "P2L: scratch");
    private WorkPlan? _plan;
    private ListStore? _lists;
    private Domain _domain;

    /// <inheritdoc/>
    public override Access Access { get; } = PointColumns<T>.Declare(new Access())
        .ReadResource<TreeShape>().ReadResource<ListStore>().ReadResource<WorkPlan>()
        .Gather<NodeKey>().Gather<NodeLinks>().Gather<SourceRange>().Gather<TargetRange>().Gather<XList>().WriteBlock<Local, T>();

    private int Stride => DirectSum<TKernel, T, TLane>.Padded(expansion.Surface.Count);

    /// <inheritdoc/>
    public override void Update(in FieldStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        _plan = World.Resource<WorkPlan>();
        _lists = World.Resource<ListStore>();
        if (_lists.X.Length == 0) return;
        _domain = shape.Domain;
        _keys.Read(shape);
        _links.Read(shape);
        _sources.Read(shape);
        _targets.Read(shape);
        _coarser.Read(shape);
        _locals.Write(shape);
        _points.Read(World.Resource<PointRows>());
        _scratch.Prepare(Jobs.WorkerCount, ((3L + expansion.PotentialComponents) * Stride) + (2L * expansion.CheckCount));
        Jobs.For(_plan.OctetBatches.Length, this);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        RowRun run = _plan!.OctetBatches.Pointer[unit];
        int surface = expansion.Surface.Count, stride = Stride, components = expansion.PotentialComponents;
        double halfWidth = NodeGeometry.HalfWidth(_domain, run.Level);
        T* check = _scratch.Of(worker);
        T* sums = check + (3 * stride);
        T* potentials = sums + (components * stride), sorted = potentials + expansion.CheckCount;
        T factor = T.CreateTruncating(kernel.Normalisation);
        long pairs = 0;
        for (int row = 8 * run.Start; row < 8 * (run.Start + run.Count); row++)
        {
            XList list = _coarser[run.Level][row];
            if (list.Count == 0 || NearMembers.DirectX(_links[run.Level][row], _targets[run.Level][row], surface)) continue;
            Position centre = NodeGeometry.Centre(_domain, run.Level, _keys[run.Level][row].Value);
            new Span<T>(sums, components * stride).Clear();
            for (int i = list.Start; i < list.End; i++)
            {
                int member = _lists!.X.Pointer[i];
                SourceRange range = _sources[run.Level - 1][member];
                Position origin = NodeGeometry.Centre(_domain, run.Level - 1, _keys[run.Level - 1][member].Value);
                _surface.Place(
                    check, stride, expansion.Ratios.Inner * halfWidth, centre.X - origin.X, centre.Y - origin.Y, centre.Z - origin.Z);
                DirectSum<TKernel, T, TLane>.Add(
                    kernel, new PointList<T>(check, check + stride, check + (2 * stride), surface), _points.Sources(range.Start, range.Count),
                    _points.Charges(range.Start, expansion.SourceComponents), sums, stride, gradient: false);
                pairs += (long)range.Count * surface;
            }
            for (int c = 0; c < components; c++)
            {
                for (int p = 0; p < surface; p++) potentials[(c * surface) + p] = sums[(c * stride) + p] * factor;
            }
            ParityRows<T>.Sort(expansion.Checks, row & 7, potentials, surface, sorted);
            T* local = _locals.Row(run.Level, row);
            for (int i = 0; i < expansion.CheckCount; i++) local[i] += sorted[i];
        }
        Counters.Add(pairs, pairs * TKernel.PairFlops(false), 0);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _surface.Dispose();
        _scratch.Dispose();
        base.Dispose();
    }
}
