using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Computes <see cref="LowRankMatrices"/>: the transfer matrices of a level side by side, decomposed to a rank or to a tolerance
/// (<see cref="RandomizedSvd"/>), and from the decomposition what is applied.
/// </summary>
/// <remarks>
/// With a basis on both sides a pair of boxes takes k x k multiplications in place of k x n_e, as in kifmm's scheme, and the error grows by
/// what the sources' basis drops: measured, see perf/README.md.
/// </remarks>
internal sealed class LowRankBuilder<TKernel>(TKernel kernel, ExpansionSizes expansion, ILinearAlgebra algebra, Precision precision)
    where TKernel : unmanaged, IKernel<TKernel>
{
    /// <summary>Computes the matrices for boxes of a half width.</summary>
    /// <param name="halfWidth">Half width of the boxes.</param>
    /// <param name="jobs">Where it runs; the result does not depend on how many workers there are.</param>
    public PlainMatrices Build(double halfWidth, Jobs jobs)
    {
        PlainMatrices matrices = Decompose(halfWidth, jobs);
        LowRankCores.Add(matrices, expansion, algebra, jobs);
        return matrices;
    }

    /// <summary>The decomposition alone, as it is kept.</summary>
    public PlainMatrices Decompose(double halfWidth, Jobs jobs)
    {
        LowRankOptions options = expansion.LowRank;
        RandomizedSvd decomposition = new(algebra, new LatticeTransfers<TKernel>(kernel, expansion, halfWidth))
        {
            Oversampling = options.Oversampling,
            PowerIterations = options.PowerIterations,
            Seed = options.Seed,
        };
        Svd svd = expansion.Rank is int rank
            ? decomposition.OfRank(rank, jobs)
            : decomposition.OfTolerance(options.Tolerance ?? TransferTolerance.Of(expansion.Order, precision == Precision.Single), UsualRank.Of(expansion, precision), jobs);
        PlainMatrices matrices = new();
        matrices.Add(LowRankMatrices.U, new PlainMatrix(svd.Rows, svd.Count, svd.U));
        matrices.Add(LowRankMatrices.S, svd.S);
        matrices.Add(LowRankMatrices.Vt, new PlainMatrix(svd.Count, svd.Columns, svd.Vt));
        double[] hashes = new double[VectorPairs.Count];
        for (int vector = 0; vector < hashes.Length; vector++) hashes[vector] = VectorPairs.Hash(vector);
        matrices.Add(LowRankMatrices.Hashes, hashes);
        return matrices;
    }
}
