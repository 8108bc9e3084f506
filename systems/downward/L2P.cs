using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Local to particles: for each leaf, its check potential becomes a density on the downward equivalent surface, and that acts on
/// its targets (Ying, Biros and Zorin 2004, equation 3.6). Leaves go by batches. Writes the far field of every target, 0 in trees
/// too shallow to have one.
/// </summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TLane">Registers.</typeparam>
public sealed unsafe class L2P<TKernel, T, TLane>(World world, TKernel kernel, Expansion expansion, ILinearAlgebra algebra, bool gradient)
    : BaseSystem<World, FieldStep>(world), IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    private const int TargetsAPiece = 1024;
    private readonly LevelColumn<TargetRange> _ranges = new();
    private readonly LevelBlock<Local, T> _locals = new();
    private readonly PointColumns<T> _points = new();
    private readonly SurfacePoints<T> _surface = new(world.Ledger, expansion.Surface, expansion.Ratios.Angle);
    private readonly WorkerScratch<T> _scratch = new(world.Ledger, "L2P: scratch");
    private WorkPlan? _plan;
    private OperatorSet<T>? _operators;
    private Domain _domain;
    private T* _field;

    /// <inheritdoc/>
    public override Access Access { get; } = PointColumns<T>.Declare(new Access())
        .ReadResource<TreeShape>().ReadResource<WorkPlan>().ReadResource<OperatorSet<T>>()
        .Gather<TargetRange>().GatherBlock<Local, T>().WriteBlock<FarField, T>();

    private int SurfaceStride => DirectSum<TKernel, T, TLane>.Padded(expansion.Surface.Count);

    private static int SumStride => DirectSum<TKernel, T, TLane>.Padded(TargetsAPiece);

    /// <inheritdoc/>
    public override void Update(in FieldStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        _plan = World.Resource<WorkPlan>();
        _operators = World.Resource<OperatorSet<T>>();
        _domain = shape.Domain;
        _ranges.Read(shape);
        _locals.Read(shape);
        _points.Read(World.Resource<PointRows>());
        _field = World.Resource<PointRows>().Targets.Chunk.WriteBlock<FarField, T>().Pointer;
        int widest = Math.Max(expansion.CheckCount, expansion.DensityCount);
        _scratch.Prepare(
            Jobs.WorkerCount,
            (3 * SurfaceStride) + widest + (4L * TKernel.PotentialComponents * SumStride) + ((long)WorkPlan.Batch * 3 * widest));
        Jobs.For(_plan.LeafBatches.Length, this);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        RowRun run = _plan!.LeafBatches.Pointer[unit];
        int* rows = _plan.Leaves.Pointer + run.Start;
        int check = expansion.CheckCount, components = DirectSum<TKernel, T, TLane>.Components(gradient);
        T* surface = _scratch.Of(worker);
        T* charges = surface + (3 * SurfaceStride);
        T* sums = charges + Math.Max(check, expansion.DensityCount);
        T* checks = sums + (4 * TKernel.PotentialComponents * SumStride);
        int count = 0;
        for (int i = 0; i < run.Count; i++)
        {
            TargetRange range = _ranges[run.Level][rows[i]];
            if (range.Count == 0) continue;
            if (run.Level < 2) new Span<T>(_field + ((nint)range.Start * components), range.Count * components).Clear();
            else new Span<T>(_locals.Row(run.Level, rows[i]), check).CopyTo(new Span<T>(checks + (count++ * check), check));
        }
        if (count == 0) return;
        LevelOperators<T> operators = _operators![run.Level];
        T* middle = checks + (WorkPlan.Batch * check);
        T* densities = middle + (WorkPlan.Batch * operators.DownRank);
        long flops = Equivalent.Downward(algebra, operators, expansion, checks, count, middle, densities);
        double halfWidth = NodeGeometry.HalfWidth(_domain, run.Level);
        _surface.Place(surface, SurfaceStride, expansion.Ratios.Outer * halfWidth, 0, 0, 0);
        T scale = T.CreateTruncating(1 / expansion.DensityScale(halfWidth));
        long pairs = 0;
        for (int i = 0, at = 0; i < run.Count; i++)
        {
            TargetRange range = _ranges[run.Level][rows[i]];
            if (range.Count == 0) continue;
            Density.Place(densities + (at++ * expansion.DensityCount), charges, expansion.Surface.Count, expansion.SourceComponents, scale);
            Evaluate(range, surface, charges, sums, components);
            pairs += (long)range.Count * expansion.Surface.Count;
        }
        Counters.Add(pairs, (pairs * TKernel.PairFlops(gradient)) + flops, 0);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _surface.Dispose();
        _scratch.Dispose();
        base.Dispose();
    }

    private void Evaluate(TargetRange range, T* surface, T* charges, T* sums, int components)
    {
        PointList<T> sources = new(surface, surface + SurfaceStride, surface + (2 * SurfaceStride), expansion.Surface.Count);
        for (int start = 0; start < range.Count; start += TargetsAPiece)
        {
            int piece = Math.Min(TargetsAPiece, range.Count - start);
            new Span<T>(sums, components * SumStride).Clear();
            DirectSum<TKernel, T, TLane>.Add(kernel, _points.Targets(range.Start + start, piece), sources, charges, sums, SumStride, gradient);
            FieldRows.Set(
                sums, SumStride, components, piece, T.CreateTruncating(kernel.Normalisation), _field + ((nint)(range.Start + start) * components));
        }
    }
}
