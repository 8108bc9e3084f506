using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Makes the operators of those levels that have none yet: once and for all for a homogeneous kernel, for each level of the present domain
/// otherwise. Matrices are computed in plain double precision first and then rounded and packed; what keeps them in a file stands
/// between these two (<see cref="OperatorKeeping"/>).
/// </summary>
/// <remarks>
/// Levels go side by side, a worker each, as long as there are as many as workers; what is left of them goes one by one, on all workers.
/// Matrices are the same bits either way. Levels of boxes to which the kernel is a homogeneous one share what is computed
/// (<see cref="ScaleFreeLevels{TKernel}"/>).
/// </remarks>
/// <param name="kernel">The kernel, in the user's units.</param>
/// <param name="sizes">Sizes of the expansions.</param>
/// <param name="precision">What matrices are rounded to.</param>
/// <param name="lane">Numbers of a register.</param>
/// <param name="compute">Computes the matrices of a kernel for boxes of a half width.</param>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="TOperators">The operators of a level.</typeparam>
internal sealed class LevelPreparation<TKernel, TOperators>(
    TKernel kernel, ExpansionSizes sizes, Precision precision, int lane, Func<TKernel, double, Jobs, PlainMatrices> compute) : IJob
    where TKernel : unmanaged, IKernel<TKernel>
    where TOperators : class, ILevelOperators<TOperators>
{
    private readonly List<Level> _missing = [];
    private PlainMatrices? _scaleFree;
    private Ledger? _ledger;
    private bool _shared;
    private TKernel _scaled;
    private double _unit = 1;

    /// <summary>Makes what the world's tree needs and does not have.</summary>
    public void Run(LevelSet<TOperators> set, World world, Jobs jobs)
    {
        if (_shared) return;
        if (sizes.Degree is not null)
        {
            TOperators operators = set.Slot(0, world.Ledger);
            operators.HalfWidth = double.NaN;
            using (PlainMatrices matrices = compute(kernel, 1, jobs)) operators.Pack(matrices, sizes, lane, jobs);
            operators.HalfWidth = 1;
            set.Share(operators);
            _shared = true;
            return;
        }
        if (!Find(set, world)) return;
        _ledger = world.Ledger;
        try
        {
            if (_missing.Count(level => level.Factor is not null) > 1) _scaleFree = compute(_scaled, ScaleFreeLevels<TKernel>.HalfWidth, jobs);
            int workers = jobs.WorkerCount, together = workers == 1 ? 0 : _missing.Count - (_missing.Count % workers);
            jobs.For(together, this);
            for (int i = together; i < _missing.Count; i++) Make(_missing[i], jobs);
        }
        finally
        {
            _scaleFree?.Dispose();
            _scaleFree = null;
        }
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker) => Make(_missing[unit], Jobs.Serial);

    private bool Find(LevelSet<TOperators> set, World world)
    {
        TreeShape shape = world.Resource<TreeShape>();
        _missing.Clear();
        ScaleFreeLevels<TKernel>? scaleFree = null;
        for (int level = shape.FirstFarLevel; level <= shape.Depth; level++)
        {
            double halfWidth = NodeGeometry.HalfWidth(shape.RootCube, level);
            if (set.Has(level, halfWidth)) continue;
            if (scaleFree is null)
            {
                _unit = shape.Unit;
                _scaled = KernelUnits.At(kernel, shape.Unit, out _);
                scaleFree = new ScaleFreeLevels<TKernel>(_scaled, sizes.Order, precision);
            }
            _missing.Add(new Level(set.Slot(level, world.Ledger), halfWidth, scaleFree.Factor(halfWidth / _unit)));
        }
        return _missing.Count > 0;
    }

    // The half width says whose the operators are, once they are whole: a preparation that was cancelled counts for nothing.
    private void Make(Level level, Jobs jobs)
    {
        level.Operators.HalfWidth = double.NaN;
        using (PlainMatrices matrices = Matrices(level, jobs)) level.Operators.Pack(matrices, sizes, lane, jobs);
        level.Operators.HalfWidth = level.HalfWidth;
    }

    private PlainMatrices Matrices(Level level, Jobs jobs)
    {
        if (level.Factor is not double factor) return compute(_scaled, level.HalfWidth / _unit, jobs);
        if (_scaleFree is not null) return _scaleFree.Scaled(factor, TOperators.FollowsKernel, _ledger!);
        using PlainMatrices own = compute(_scaled, ScaleFreeLevels<TKernel>.HalfWidth, jobs);
        return own.Scaled(factor, TOperators.FollowsKernel, _ledger!);
    }

    // A level to be made; the factor is that of a level to which the kernel is a homogeneous one.
    private readonly record struct Level(TOperators Operators, double HalfWidth, double? Factor);
}
