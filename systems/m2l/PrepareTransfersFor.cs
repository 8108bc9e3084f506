using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Makes the operators of one way to carry out M2L.</summary>
/// <param name="world">The world.</param>
/// <param name="kernel">The kernel.</param>
/// <param name="expansion">Sizes of the expansions.</param>
/// <param name="lane">Numbers of a register of M2L.</param>
/// <param name="compute">Computes the matrices of a kernel for boxes of a half width, in double precision: what a store keeps.</param>
/// <param name="finish">Adds what follows from them and is not kept, if anything does.</param>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="TOperators">The operators of a level.</typeparam>
internal sealed class PrepareTransfersFor<TKernel, TOperators>(
    World world, TKernel kernel, ExpansionSizes expansion, int lane, Func<TKernel, double, Jobs, PlainMatrices> compute, Action<PlainMatrices, Jobs>? finish = null)
    : PrepareTransfers(world)
    where TKernel : unmanaged, IKernel<TKernel>
    where TOperators : class, ILevelOperators<TOperators>
{
    private readonly LevelPreparation<TKernel, TOperators> _preparation =
        new(kernel, expansion, OperatorKeeping.PrecisionOf(world), lane, OperatorKeeping.Before(world, expansion, TransferMethod.Of(expansion.Strategy).Part(expansion, lane), compute, finish));

    /// <inheritdoc/>
    public override Access Access { get; } = new Access().ReadResource<TreeShape>().WriteResource<LevelSet<TOperators>>();

    /// <inheritdoc/>
    public override void Update(in FmmStep step) => _preparation.Run(World.Resource<LevelSet<TOperators>>(), World, Jobs);
}
