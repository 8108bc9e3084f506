using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Particles to multipole: for each leaf, the potential of its sources on the upward check surface, then the equivalent density
/// that reproduces it there, q = A+ phi (Ying, Biros and Zorin 2004, equations 3.1 and 3.2). Leaves go by batches, so that the
/// two factors of the pseudo-inverse are matrix products. Leaves without sources get a zero density.
/// </summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="T">Working precision.</typeparam>
/// <typeparam name="TLane">Registers.</typeparam>
public sealed unsafe class P2M<TKernel, T, TLane>(World world, TKernel kernel, Expansion expansion, ILinearAlgebra algebra)
    : BaseSystem<World, FieldStep>(world), IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    private readonly LevelColumn<SourceRange> _ranges = new();
    private readonly LevelBlock<Multipole, T> _multipoles = new();
    private readonly SurfacePoints<T> _surface = new(world.Ledger, expansion.Surface, expansion.Ratios.Angle);
    private readonly WorkerScratch<T> _scratch = new(world.Ledger, "P2M: scratch");
    private WorkPlan? _plan;
    private OperatorSet<T>? _operators;
    private Domain _domain;
    private T* _x, _y, _z, _charges;

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .ReadResource<TreeShape>().ReadResource<PointRows>().ReadResource<WorkPlan>().ReadResource<OperatorSet<T>>()
        .Gather<SourceRange>().Gather<RelativeX<T>>().Gather<RelativeY<T>>().Gather<RelativeZ<T>>().GatherBlock<Charge, T>()
        .WriteBlock<Multipole, T>();

    private int SumStride => DirectSum<TKernel, T, TLane>.Padded(expansion.Surface.Count);

    /// <inheritdoc/>
    public override void Update(in FieldStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        Chunk sources = World.Resource<PointRows>().Sources.Chunk;
        _plan = World.Resource<WorkPlan>();
        _operators = World.Resource<OperatorSet<T>>();
        _domain = shape.Domain;
        _ranges.Read(shape);
        _multipoles.Write(shape);
        _x = (T*)sources.ReadPointer<RelativeX<T>>();
        _y = (T*)sources.ReadPointer<RelativeY<T>>();
        _z = (T*)sources.ReadPointer<RelativeZ<T>>();
        _charges = sources.ReadBlock<Charge, T>().Pointer;
        _scratch.Prepare(
            Jobs.WorkerCount, ((3 + expansion.PotentialComponents) * SumStride) + ((long)WorkPlan.Batch * 3 * Math.Max(expansion.CheckCount, expansion.DensityCount)));
        Jobs.For(_plan.LeafBatches.Length, this);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        RowRun run = _plan!.LeafBatches.Pointer[unit];
        int* rows = _plan.Leaves.Pointer + run.Start;
        int points = expansion.Surface.Count, check = expansion.CheckCount, stride = SumStride;
        double halfWidth = NodeGeometry.HalfWidth(_domain, run.Level);
        T* surface = _scratch.Of(worker);
        T* sums = surface + (3 * stride);
        T* checks = sums + (expansion.PotentialComponents * stride);
        _surface.Place(surface, stride, expansion.Ratios.Outer * halfWidth, 0, 0, 0);
        T factor = T.CreateTruncating(kernel.Normalisation);
        int count = 0;
        long pairs = 0;
        for (int i = 0; i < run.Count; i++)
        {
            SourceRange range = _ranges[run.Level][rows[i]];
            if (range.Count == 0 || run.Level < 2)
            {
                new Span<T>(_multipoles.Row(run.Level, rows[i]), expansion.DensityCount).Clear();
                continue;
            }
            new Span<T>(sums, expansion.PotentialComponents * stride).Clear();
            DirectSum<TKernel, T, TLane>.Add(
                kernel,
                new PointList<T>(surface, surface + stride, surface + (2 * stride), points),
                new PointList<T>(_x + range.Start, _y + range.Start, _z + range.Start, range.Count),
                _charges + ((nint)range.Start * expansion.SourceComponents), sums, stride, gradient: false);
            pairs += (long)range.Count * points;
            T* row = checks + (count++ * check);
            for (int c = 0; c < expansion.PotentialComponents; c++)
            {
                for (int p = 0; p < points; p++) row[(c * points) + p] = sums[(c * stride) + p] * factor;
            }
        }
        if (count == 0) return;
        LevelOperators<T> operators = _operators![run.Level];
        T* middle = checks + (WorkPlan.Batch * check);
        T* densities = middle + (WorkPlan.Batch * operators.UpRank);
        long flops = Equivalent.Upward(algebra, operators, expansion, checks, count, middle, densities);
        for (int i = 0, at = 0; i < run.Count; i++)
        {
            if (_ranges[run.Level][rows[i]].Count == 0) continue;
            new Span<T>(densities + (at++ * expansion.DensityCount), expansion.DensityCount)
                .CopyTo(new Span<T>(_multipoles.Row(run.Level, rows[i]), expansion.DensityCount));
        }
        Counters.Add(pairs, (pairs * TKernel.PairFlops(false)) + flops, 0);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _surface.Dispose();
        _scratch.Dispose();
        base.Dispose();
    }
}
