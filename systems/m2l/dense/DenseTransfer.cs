using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>M2L by a dense matrix for each transfer vector. Serves every kernel and leaves nothing out; never the fastest, so never chosen.</summary>
internal sealed class DenseTransfer : TransferMethod
{
    /// <inheritdoc/>
    public override TransferStrategy Strategy => TransferStrategy.Dense;

    /// <inheritdoc/>
    public override TransferCost Cost(int order, Precision precision)
    {
        // 189 dense products of n_e^2 multiply-adds a node, 8 nodes an octet, 26 pairs an octet.
        double flop = ReferenceCosts.Of(precision).ProductFlop, points = (6 * (order - 1) * (order - 1)) + 2;
        return new TransferCost(2 * flop * Math.Pow(points, 2) * 189 * 8 / 26, 0);
    }

    /// <inheritdoc/>
    public override TransferMemory Memory(ExpansionSizes expansion, int scalar, double nodes)
    {
        // Computed in double precision, which stands beside what it is rounded to.
        double bytes = scalar == sizeof(double) ? scalar : scalar + sizeof(double);
        return new TransferMemory(TransferVectors.SlotCount * (double)expansion.DensityCount * expansion.CheckCount * bytes, 0, 300.0 * expansion.DensityCount, 0);
    }

    /// <inheritdoc/>
    public override double UsualLeaf(ExpansionSizes expansion) => 130 + (0.6 * expansion.Surface.Count);

    /// <inheritdoc/>
    public override void Enter<T>(World world) => world.SetResource(new LevelSet<DenseOperators<T>>(nameof(PrepareTransfers)));

    /// <inheritdoc/>
    public override PrepareTransfers Prepare<TKernel, T, TRegister>(World world, TKernel kernel, ExpansionSizes expansion, ILinearAlgebra algebra, RegisterWidth width) =>
        new PrepareTransfersFor<TKernel, DenseOperators<T>>(
            world, kernel, expansion, TRegister.Count, (own, halfWidth, _) => new DenseBuilder<TKernel>(own, expansion, world.Ledger).Build(halfWidth));

    /// <inheritdoc/>
    public override string Part(ExpansionSizes expansion, int lane) => "dense";

    /// <inheritdoc/>
    public override M2L Create<T, TRegister>(World world, ExpansionSizes expansion, ILinearAlgebra algebra) => new DenseM2L<T>(world, expansion, algebra);
}
