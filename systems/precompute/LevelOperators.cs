using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The translations of one level but those of M2L, or of all levels of a homogeneous kernel: <see cref="LevelMatrices"/>, rounded to the
/// working precision and packed for a register width.
/// </summary>
/// <remarks>
/// Multipoles (densities on the inner surface) and locals (check potentials there) are stored sorted by parity, seen in the mirror
/// that makes the box the first of its octet: what commutes with the mirrors acts within a parity, and the eight children of an
/// octet are transformed alike. With a homogeneous kernel of degree g, densities are held times h^g (h the box's half width): then
/// the same matrices serve every level.
/// </remarks>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed class LevelOperators<T>(Ledger ledger) : ILevelOperators<LevelOperators<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public double HalfWidth { get; set; } = double.NaN;

    /// <summary>Rank kept by the solve for multipoles.</summary>
    public int UpRank { get; private set; }

    /// <summary>Rank kept by the solve for locals.</summary>
    public int DownRank { get; private set; }

    /// <summary>Relative error of expansions at a few points: about the order's where the kernel solves an elliptic equation.</summary>
    public double Misfit { get; private set; }

    /// <summary>Coefficients of the series that stand between the points of a leaf and its expansions.</summary>
    public int SeriesLength => Series.Length;

    /// <summary>The products of polynomials that a leaf's series are made of.</summary>
    public SeriesLayout Series { get; } = new(ledger);

    /// <summary>By parity and source component: moments to densities of a segment.</summary>
    public PackedBlocks<T> P2M { get; } = new(ledger, "operators: P2M");

    /// <summary>By segment: the children's sums of that parity to the parent's densities.</summary>
    public PackedBlocks<T> M2M { get; } = new(ledger, "operators: M2M");

    /// <summary>By segment: the parent's check potentials of it to the children's, of that parity of the octet.</summary>
    public PackedBlocks<T> L2L { get; } = new(ledger, "operators: L2L");

    /// <summary>By parity and potential component: check potentials of a segment to the coefficients of a series.</summary>
    public PackedBlocks<T> L2P { get; } = new(ledger, "operators: L2P");

    /// <inheritdoc/>
    public static LevelOperators<T> Create(Ledger ledger) => new(ledger);

    /// <inheritdoc/>
    public static bool FollowsKernel(string matrix) => false;

    /// <inheritdoc/>
    public void Pack(PlainMatrices matrices, ExpansionSizes sizes, int lane, Jobs jobs)
    {
        int[] ranks = matrices.Integers(LevelMatrices.Ranks), blocks = matrices.Integers(LevelMatrices.Series);
        (UpRank, DownRank) = (ranks[0], ranks[1]);
        Misfit = matrices[LevelMatrices.Misfit].Elements[0];
        Series.Set(SeriesBlock.FromTable(blocks));
        int segments = sizes.Densities.Mirrors ? 8 : 1;
        M2M.Set(Matrices(segments, 1, (segment, _) => LevelMatrices.M2M(segment)), lane);
        L2L.Set(Matrices(segments, 1, (segment, _) => LevelMatrices.L2L(segment)), lane);
        P2M.Set(Matrices(8, sizes.SourceComponents, LevelMatrices.P2M), lane);
        L2P.Set(Matrices(8, sizes.PotentialComponents, LevelMatrices.L2P), lane);

        PlainMatrix[] Matrices(int parities, int components, Func<int, int, string> name)
        {
            PlainMatrix[] all = new PlainMatrix[parities * components];
            for (int i = 0; i < all.Length; i++) all[i] = matrices[name(i / components, i % components)];
            return all;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Series.Dispose();
        P2M.Dispose();
        M2M.Dispose();
        L2L.Dispose();
        L2P.Dispose();
    }
}
