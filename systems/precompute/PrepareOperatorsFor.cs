using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Makes the translations of <see cref="OperatorBuilder{TKernel}"/>.</summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed class PrepareOperatorsFor<TKernel, T> : PrepareOperators
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LevelPreparation<TKernel, LevelOperators<T>> _preparation;

    /// <summary>The system for a kernel.</summary>
    /// <param name="world">The world.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="expansion">Sizes of the expansions.</param>
    /// <param name="algebra">The linear algebra.</param>
    /// <param name="lane">Numbers of a register of the operators.</param>
    public PrepareOperatorsFor(World world, TKernel kernel, ExpansionSizes expansion, ILinearAlgebra algebra, int lane)
        : base(world)
    {
        Precision precision = typeof(T) == typeof(float) ? Precision.Single : Precision.Double;
        _preparation = new(kernel, expansion, precision, lane, OperatorKeeping.Before<TKernel>(
            world, expansion, OperatorKeeping.Translations, (own, halfWidth, jobs) => new OperatorBuilder<TKernel>(own, expansion, algebra, precision).Build(halfWidth, jobs)));
    }

    /// <inheritdoc/>
    public override Access Access { get; } = new Access().ReadResource<TreeShape>().WriteResource<OperatorSet<T>>();

    /// <inheritdoc/>
    public override void Update(in FmmStep step) => _preparation.Run(World.Resource<OperatorSet<T>>(), World, Jobs);
}
