using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Local to local, from level 2 to the leaves: a parent's check potential becomes its density, once, and that adds its potential
/// to the check surfaces of the eight children (Ying, Biros and Zorin 2004, equation 3.5). The children's rows of a batch of
/// octets are one matrix as they stand.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
public sealed unsafe class L2L<T>(World world, Expansion expansion, ILinearAlgebra algebra) : BaseSystem<World, FieldStep>(world), IJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LevelColumn<NodeLinks> _links = new();
    private readonly LevelBlock<Local, T> _locals = new();
    private readonly WorkerScratch<T> _scratch = new(world.Ledger, "L2L: scratch");
    private WorkPlan? _plan;
    private OperatorSet<T>? _operators;
    private int _firstBatch;

    /// <inheritdoc/>
    public override Access Access { get; } = new Access()
        .ReadResource<TreeShape>().ReadResource<WorkPlan>().ReadResource<OperatorSet<T>>()
        .Gather<NodeLinks>().WriteBlock<Local, T>();

    /// <inheritdoc/>
    public override void Update(in FieldStep step)
    {
        TreeShape shape = World.Resource<TreeShape>();
        _plan = World.Resource<WorkPlan>();
        _operators = World.Resource<OperatorSet<T>>();
        _links.Read(shape);
        _locals.Write(shape);
        _scratch.Prepare(Jobs.WorkerCount, (long)WorkPlan.Batch * 3 * Math.Max(expansion.CheckCount, expansion.DensityCount));
        for (int level = 3; level <= shape.Depth; level++)
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
        T* densities = middle + (WorkPlan.Batch * operators.DownRank);
        for (int i = 0; i < run.Count; i++)
        {
            int parent = _links[run.Level][8 * (run.Start + i)].Parent;
            new Span<T>(_locals.Row(run.Level - 1, parent), check).CopyTo(new Span<T>(checks + (i * check), check));
        }
        long flops = Equivalent.Downward(algebra, operators, expansion, checks, run.Count, middle, densities);
        algebra.Gemm(
            false, false, run.Count, 8 * check, density, T.One, densities, density, operators.L2L.Pointer, 8 * check,
            T.One, _locals.Row(run.Level, 8 * run.Start), 8 * check);
        Counters.Add(0, flops + (16L * run.Count * density * check), 0);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _scratch.Dispose();
        base.Dispose();
    }
}
