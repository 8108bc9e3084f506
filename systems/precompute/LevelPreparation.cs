using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Makes the operators of those levels that have none yet: once and for all for a homogeneous kernel, for each level of the present domain
/// otherwise. Matrices are computed in plain double precision first and then rounded and packed; what keeps them in a file stands
/// between these two.
/// </summary>
/// <param name="kernel">The kernel, in the user's units.</param>
/// <param name="sizes">Sizes of the expansions.</param>
/// <param name="lane">Numbers of a register.</param>
/// <param name="compute">Computes the matrices of a kernel for boxes of a half width.</param>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="TOperators">The operators of a level.</typeparam>
internal sealed class LevelPreparation<TKernel, TOperators>(TKernel kernel, ExpansionSizes sizes, int lane, Func<TKernel, double, Jobs, PlainMatrices> compute)
    where TKernel : unmanaged, IKernel<TKernel>
    where TOperators : class, ILevelOperators<TOperators>
{
    private bool _shared;

    /// <summary>Makes what the world's tree needs and does not have.</summary>
    public void Run(LevelSet<TOperators> set, World world, Jobs jobs)
    {
        if (_shared) return;
        if (sizes.Degree is not null)
        {
            TOperators operators = set.Slot(0, world.Ledger);
            Make(operators, kernel, 1, 1, jobs);
            set.Share(operators);
            _shared = true;
            return;
        }
        TreeShape shape = world.Resource<TreeShape>();
        TKernel scaled = KernelUnits.At(kernel, shape.Unit, out _);
        for (int level = shape.FirstFarLevel; level <= shape.Depth; level++)
        {
            double halfWidth = NodeGeometry.HalfWidth(shape.RootCube, level);
            if (!set.Has(level, halfWidth)) Make(set.Slot(level, world.Ledger), scaled, halfWidth / shape.Unit, halfWidth, jobs);
        }
    }

    // The half width says whose the operators are, once they are whole: a preparation that was cancelled counts for nothing.
    private void Make(TOperators operators, TKernel own, double halfWidth, double name, Jobs jobs)
    {
        operators.HalfWidth = double.NaN;
        using (PlainMatrices matrices = compute(own, halfWidth, jobs)) operators.Pack(matrices, sizes, lane, jobs);
        operators.HalfWidth = name;
    }
}
