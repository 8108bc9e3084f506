using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The translations of one level, or of all levels of a homogeneous kernel: computed in double precision, then rounded.
/// </summary>
/// <remarks>
/// Multipoles (densities on the inner surface) and locals (check potentials there) are stored sorted by parity, seen in the mirror
/// that makes the box the first of its octet: what commutes with the mirrors acts within a parity, and the eight children of an
/// octet are transformed alike. With a homogeneous kernel of degree g, densities are held times h^g (h the box's half width): then
/// the same matrices serve every level.
/// </remarks>
/// <typeparam name="T">Working precision.</typeparam>
public sealed class LevelOperators<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Empty operators whose buffers are entered in a ledger.</summary>
    public LevelOperators(Ledger ledger)
    {
        Series = new SeriesLayout(ledger);
        P2M = new PackedBlocks<T>(ledger, "operators: P2M");
        M2M = new PackedBlocks<T>(ledger, "operators: M2M");
        L2L = new PackedBlocks<T>(ledger, "operators: L2L");
        L2P = new PackedBlocks<T>(ledger, "operators: L2P");
        Transfer = new NativeBuffer<T>(ledger, "operators: M2L");
    }

    /// <summary>Half width of the boxes that the operators were computed for, in the user's units; 1 for a homogeneous kernel.</summary>
    public double HalfWidth { get; internal set; }

    /// <summary>Rank kept by the upward pseudo-inverse.</summary>
    public int UpRank { get; internal set; }

    /// <summary>Rank kept by the downward pseudo-inverse.</summary>
    public int DownRank { get; internal set; }

    /// <summary>Relative error of expansions at a few points: about the order's where the kernel solves an elliptic equation.</summary>
    public double Misfit { get; internal set; }

    /// <summary>Coefficients of the series that stand between the points of a leaf and its expansions.</summary>
    public int SeriesLength => Series.Length;

    /// <summary>
    /// FFT: [frequency][component pair][343 slots, real parts, and one more][the same, imaginary parts]. Dense:
    /// [343 slots][n_equivalent x n_check]. Slots of adjacent boxes are zero.
    /// </summary>
    public NativeBuffer<T> Transfer { get; }

    /// <summary>The transfers of the compressed strategy; null with the others.</summary>
    public CompressedOperators<T>? Compressed { get; internal set; }

    /// <summary>The products of polynomials that a leaf's series are made of.</summary>
    internal SeriesLayout Series { get; }

    /// <summary>By segment and source component: moments to the segment's densities.</summary>
    internal PackedBlocks<T> P2M { get; }

    /// <summary>By parity of the octet: the children's sums of that parity to the parent's densities of the segment.</summary>
    internal PackedBlocks<T> M2M { get; }

    /// <summary>By segment: the parent's check potentials of it to the children's, of that parity of the octet.</summary>
    internal PackedBlocks<T> L2L { get; }

    /// <summary>By segment and potential component: check potentials of the segment to the coefficients of a series.</summary>
    internal PackedBlocks<T> L2P { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Series.Dispose();
        P2M.Dispose();
        M2M.Dispose();
        L2L.Dispose();
        L2P.Dispose();
        Transfer.Dispose();
        Compressed?.Dispose();
    }
}
