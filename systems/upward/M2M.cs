using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Multipole to multipole, from the leaves to level 2: the densities of eight children give the parent's upward check potential,
/// and that its density (Ying, Biros and Zorin 2004, equation 3.3). The children's rows of a batch of octets are one matrix as
/// they stand, so a batch is one product.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
public sealed unsafe class M2M<T>(World world, Expansion expansion, ILinearAlgebra algebra) : BaseSystem<World, FieldStep>(world), IJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LevelColumn<NodeLinks> _links = new();
    private readonly LevelBlock<Multipole, T> _multipoles = new();
    private readonly WorkerScratch<T> _scratch = new(world.Ledger, "M2M: scratch");
    private WorkPlan? _plan;
    private OperatorSet<T>? _operators;
    private int _firstBatch;

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .ReadResource<TreeShape>().ReadResource<WorkPlan>().ReadResource<OperatorSet<T>>()
        .Gather<NodeLinks>().WriteBlock<Multipole, T>();

    /// <inheritdoc/>
    public override void Update(in FieldStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        _plan = World.Resource<WorkPlan>();
        _operators = World.Resource<OperatorSet<T>>();
        _links.Read(shape);
        _multipoles.Write(shape);
        _scratch.Prepare(Jobs.WorkerCount, (long)WorkPlan.Batch * 3 * Math.Max(expansion.CheckCount, expansion.DensityCount));
        for (int level = shape.Depth; level > 2; level--)
        {
            _firstBatch = _plan.OctetBatchOfLevel.Pointer[level];
            Jobs.For(_plan.OctetBatchOfLevel.Pointer[level + 1] - _firstBatch, this);
        }
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        RowRun run = _plan!.OctetBatches.Pointer[_firstBatch + unit];
        LevelOperators<T> operators = _operators![run.Level - 1];
        int check = expansion.CheckCount, density = expansion.DensityCount;
        T* checks = _scratch.Of(worker);
        T* middle = checks + (WorkPlan.Batch * check);
        T* densities = middle + (WorkPlan.Batch * operators.UpRank);
        algebra.Gemm(
            false, false, run.Count, check, 8 * density, T.One, _multipoles.Row(run.Level, 8 * run.Start), 8 * density,
            operators.M2M.Pointer, check, T.Zero, checks, check);
        long flops = Equivalent.Upward(algebra, operators, expansion, checks, run.Count, middle, densities);
        for (int i = 0; i < run.Count; i++)
        {
            int parent = _links[run.Level][8 * (run.Start + i)].Parent;
            new Span<T>(densities + (i * density), density).CopyTo(new Span<T>(_multipoles.Row(run.Level - 1, parent), density));
        }
        Counters.Add(0, flops + (16L * run.Count * density * check), 0);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _scratch.Dispose();
        base.Dispose();
    }
}
