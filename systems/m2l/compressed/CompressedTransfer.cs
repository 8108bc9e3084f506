using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>M2L by compressed matrices, for kernels that keep to their mirror images.</summary>
internal sealed class CompressedTransfer : TransferMethod
{
    // Beyond it the operators take half a second and more to compute, which two or three evaluations of a million points bring
    // back, and at order 16 what they drop adds 12 to 17 % to the error.
    private const int LargestChosen = 13;

    // In single precision the products round a little more than the transform: seen from order 7 on, where the order's
    // own error has sunk below rounding (a million points in the cube: 6.4e-7 at order 8 and 7.6e-7 at 10, by transform 5e-7).
    private const int LargestChosenSingle = 6;

    // Measured as ReferenceCosts says.
    private static readonly TransferCost[] _single =
    [
        new(1.0e-7, 3.0e-6), new(1.5e-7, 4.0e-6), new(2.4e-7, 6.0e-6), new(5.0e-7, 9.0e-6), new(1.2e-6, 1.1e-5), // 2 to 6
        new(2.2e-6, 1.2e-5), new(2.2e-6, 1.7e-5), new(2.1e-6, 1.7e-5), new(2.3e-6, 1.7e-5), new(2.4e-6, 1.8e-5), // 7 to 11
        new(2.5e-6, 2.0e-5), new(2.7e-6, 2.4e-5), new(2.9e-6, 2.8e-5), new(3.1e-6, 3.2e-5), new(3.3e-6, 3.6e-5), // 12 to 16
    ];

    private static readonly TransferCost[] _double =
    [
        new(1.2e-7, 3.0e-6), new(2.2e-7, 4.5e-6), new(3.8e-7, 7.0e-6), new(9.0e-7, 1.1e-5), new(2.3e-6, 1.3e-5), // 2 to 6
        new(4.1e-6, 2.5e-5), new(7.0e-6, 4.3e-5), new(1.04e-5, 7.0e-5), new(1.32e-5, 1.4e-4), new(2.1e-5, 2.1e-4), // 7 to 11
        new(3.2e-5, 3.3e-4), new(4.2e-5, 4.5e-4), new(5.5e-5, 6.0e-4), new(7.0e-5, 8.0e-4), new(9.0e-5, 1.0e-3), // 12 to 16
    ];

    /// <inheritdoc/>
    public override TransferStrategy Strategy => TransferStrategy.Compressed;

    /// <inheritdoc/>
    public override void Demand<TKernel>(TKernel kernel)
    {
        if (Serves(kernel)) return;
        throw new FmmOptionException(
            nameof(FmmOptions.Transfer), Strategy,
            $"the kernel {TKernel.Name} does not keep to its mirror images, or has axial vectors (IsVector is {TKernel.IsVector}); choose {nameof(TransferStrategy.Fft)}.");
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Not for a kernel with operators of their own on each level: they take three to five times as long to compute, which a few evaluations
    /// do not bring back.
    /// </remarks>
    public override bool IsCandidate<TKernel>(TKernel kernel, int order, Precision precision) =>
        TKernel.Degree is not null && order <= (precision == Precision.Single ? LargestChosenSingle : LargestChosen) && Serves(kernel);

    // An axial vector changes its sign with a swap of two axes, which the common basis does not know.
    private static bool Serves<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel> =>
        KernelSymmetry.HasMirrors(kernel, out VectorKind sources, out VectorKind potentials) && sources != VectorKind.AxialVector && potentials != VectorKind.AxialVector;

    /// <inheritdoc/>
    public override TransferCost Cost(int order, Precision precision) => (precision == Precision.Single ? _single : _double)[order - FmmOptions.SmallestOrder];

    /// <inheritdoc/>
    public override TransferMemory Memory(ExpansionSizes expansion, int scalar, double nodes)
    {
        // Low rank by class: the power is fitted at orders 4 to 12. While it is computed, matrices stand beside it in double precision.
        double operators = Math.Pow(expansion.DensityCount, 1.8) * ((190 * scalar) + (90 * sizeof(double)));
        return new TransferMemory(operators, 0.9 * expansion.DensityCount, 1400.0 * expansion.DensityCount, 0);
    }

    /// <inheritdoc/>
    public override double UsualLeaf(ExpansionSizes expansion) => 130 + (0.6 * expansion.Surface.Count);

    /// <inheritdoc/>
    public override void Enter<T>(World world) => world.SetResource(new LevelSet<CompressedOperators<T>>(nameof(PrepareTransfers)));

    /// <inheritdoc/>
    public override PrepareTransfers Prepare<TKernel, T, TRegister>(World world, TKernel kernel, ExpansionSizes expansion, ILinearAlgebra algebra, RegisterWidth width)
    {
        double tolerance = TransferTolerance.Of(expansion.Order, typeof(T) == typeof(float));
        return new PrepareTransfersFor<TKernel, CompressedOperators<T>>(
            world, kernel, expansion, TRegister.Count,
            (own, halfWidth, jobs) => new CompressedBuilder<TKernel>(own, expansion, algebra).Build(halfWidth, tolerance, TRegister.Count, world.Ledger, jobs));
    }

    /// <inheritdoc/>
    /// <remarks>Ranks are whole registers.</remarks>
    public override string Part(ExpansionSizes expansion, int lane) => FormattableString.Invariant($"compressed, ranks by {lane}");

    /// <inheritdoc/>
    public override M2L Create<T, TRegister>(World world, ExpansionSizes expansion, ILinearAlgebra algebra) => new CompressedM2L<T, TRegister>(world, expansion);

    /// <inheritdoc/>
    public override string? Describe<T>(World world, ExpansionSizes expansion, int level)
    {
        LevelSet<CompressedOperators<T>> operators = world.Resource<LevelSet<CompressedOperators<T>>>();
        return !operators.Stands(level) ? null : FormattableString.Invariant(
            $"common {operators[level].SourceRank} of {expansion.DensityCount}, from a box to an octet {operators[level].MeanRank:0.0} on average");
    }
}
