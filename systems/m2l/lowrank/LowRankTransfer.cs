using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// M2L by randomized singular value decompositions of a level's transfer matrices, as the project that this one started from has it. Serves every
/// kernel; slower than the transform and than the compressed matrices, so never chosen.
/// </summary>
internal sealed class LowRankTransfer : TransferMethod
{
    /// <summary>What <see cref="Part"/> begins with.</summary>
    public const string Prefix = "low rank";

    /// <inheritdoc/>
    public override TransferStrategy Strategy => TransferStrategy.LowRank;

    /// <inheritdoc/>
    public override TransferCost Cost(int order, Precision precision)
    {
        int points = (6 * (order - 1) * (order - 1)) + 2;
        return Cost(UsualRank.Of(order, precision), points, precision);
    }

    /// <inheritdoc/>
    public override TransferCost Cost(ExpansionSizes expansion, Precision precision)
    {
        // The cost model counts a pair of octets once for each pair of components.
        double components = Math.Sqrt(expansion.SourceComponents * (double)expansion.PotentialComponents);
        return Cost(UsualRank.Of(expansion, precision) / components, expansion.Surface.Count, precision);
    }

    /// <inheritdoc/>
    public override TransferMemory Memory(ExpansionSizes expansion, int scalar, double nodes)
    {
        // Decomposition, rows of vt times their values and cores stand beside each other in double precision, decompositions twice.
        double rank = UsualRank.Of(expansion, scalar == sizeof(float) ? Precision.Single : Precision.Double), density = expansion.DensityCount;
        double plain = VectorPairs.Count * sizeof(double) * ((4 * (rank + expansion.LowRank.Oversampling) * density) + (rank * rank));
        return new TransferMemory((VectorPairs.Count * rank * rank * scalar) + plain, rank, (1024 * rank) + (200 * expansion.CheckCount) + 20_000, 0);
    }

    /// <inheritdoc/>
    public override double UsualLeaf(ExpansionSizes expansion) => 130 + (0.6 * expansion.Surface.Count);

    /// <inheritdoc/>
    public override void Enter<T>(World world) => world.SetResource(new LevelSet<LowRankOperators<T>>(nameof(PrepareTransfers)));

    /// <inheritdoc/>
    public override PrepareTransfers Prepare<TKernel, T, TRegister>(World world, TKernel kernel, ExpansionSizes expansion, ILinearAlgebra algebra, RegisterWidth width)
    {
        Precision precision = typeof(T) == typeof(float) ? Precision.Single : Precision.Double;
        return new PrepareTransfersFor<TKernel, LowRankOperators<T>>(
            world, kernel, expansion, TRegister.Count, (own, halfWidth, jobs) => new LowRankBuilder<TKernel>(own, expansion, algebra, precision).Decompose(halfWidth, jobs),
            (matrices, jobs) => LowRankCores.Add(matrices, expansion, algebra, jobs));
    }

    /// <inheritdoc/>
    /// <remarks>What is kept is the decomposition; the sources' basis follows from it.</remarks>
    public override string Part(ExpansionSizes expansion, int lane)
    {
        LowRankOptions options = expansion.LowRank;
        string rank = expansion.Rank is int given ? $"{Math.Min(given, expansion.CheckCount)}" : options.Tolerance is double tolerance ? $"for {tolerance:r}" : "for the order";
        return FormattableString.Invariant($"{Prefix} {rank}, {options.Oversampling} more, {options.PowerIterations} iterations, seed {options.Seed}");
    }

    /// <inheritdoc/>
    public override M2L Create<T, TRegister>(World world, ExpansionSizes expansion, ILinearAlgebra algebra) => new LowRankM2L<T, TRegister>(world, expansion);

    /// <inheritdoc/>
    public override string? Describe<T>(World world, ExpansionSizes expansion, int level)
    {
        LevelSet<LowRankOperators<T>> operators = world.Resource<LevelSet<LowRankOperators<T>>>();
        return !operators.Stands(level) ? null : FormattableString.Invariant($"{operators[level].TargetRank} of {expansion.CheckCount}");
    }

    /// <summary>Bytes of the matrices that a level applies.</summary>
    public static long Bytes<T>(World world, int level)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => world.Resource<LevelSet<LowRankOperators<T>>>()[level].Bytes;

    // 189 products of k^2 multiply-adds a node, 8 nodes an octet, 26 pairs an octet; a box's densities and check potentials, k times each.
    private static TransferCost Cost(double rank, int points, Precision precision)
    {
        double flop = ReferenceCosts.Of(precision).ProductFlop;
        return new TransferCost(2 * flop * rank * rank * 189 * 8 / 26, 8 * 4 * flop * rank * points);
    }
}
