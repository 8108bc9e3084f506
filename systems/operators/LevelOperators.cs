using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The translations of one level, or of all levels of a homogeneous kernel: computed in double precision, then rounded.
/// Row-major, in the order in which a batch of rows multiplies them from the left.
/// </summary>
/// <remarks>
/// n is the number of surface points times components. A check potential or density is component-major: all points of
/// component 0, then of component 1. With a homogeneous kernel of degree g, densities are held times h^g (h the box's half
/// width): then the same matrices serve every level, and only L2P and M2P undo the factor.
/// </remarks>
/// <typeparam name="T">Working precision.</typeparam>
public sealed class LevelOperators<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Empty operators whose buffers are entered in a ledger.</summary>
    public LevelOperators(Ledger ledger)
    {
        UpLeft = new NativeBuffer<T>(ledger, "operators: upward check to equivalent, left");
        UpRight = new NativeBuffer<T>(ledger, "operators: upward check to equivalent, right");
        DownLeft = new NativeBuffer<T>(ledger, "operators: downward check to equivalent, left");
        DownRight = new NativeBuffer<T>(ledger, "operators: downward check to equivalent, right");
        M2M = new NativeBuffer<T>(ledger, "operators: M2M");
        L2L = new NativeBuffer<T>(ledger, "operators: L2L");
        Transfer = new NativeBuffer<T>(ledger, "operators: M2L");
    }

    /// <summary>Half width of the boxes that the operators were computed for; 1 for a homogeneous kernel.</summary>
    public double HalfWidth { get; internal set; }

    /// <summary>Rank kept by the upward pseudo-inverse.</summary>
    public int UpRank { get; internal set; }

    /// <summary>Rank kept by the downward pseudo-inverse.</summary>
    public int DownRank { get; internal set; }

    /// <summary>n_check x UpRank: first factor of upward check potential to equivalent density.</summary>
    public NativeBuffer<T> UpLeft { get; }

    /// <summary>UpRank x n_equivalent: second factor.</summary>
    public NativeBuffer<T> UpRight { get; }

    /// <summary>n_check x DownRank: first factor of downward check potential to equivalent density.</summary>
    public NativeBuffer<T> DownLeft { get; }

    /// <summary>DownRank x n_equivalent: second factor.</summary>
    public NativeBuffer<T> DownRight { get; }

    /// <summary>8 n_equivalent x n_check: densities of eight children to the parent's upward check potential.</summary>
    public NativeBuffer<T> M2M { get; }

    /// <summary>n_equivalent x 8 n_check: a parent's local density to the downward check potentials of its eight children.</summary>
    public NativeBuffer<T> L2L { get; }

    /// <summary>
    /// FFT: [frequency][component pair][343 slots, real parts, and one more][the same, imaginary parts]. Dense:
    /// [343 slots][n_equivalent x n_check]. Slots of adjacent boxes are zero.
    /// </summary>
    public NativeBuffer<T> Transfer { get; }

    /// <summary>The transfers of the compressed strategy; null with the others.</summary>
    public CompressedOperators<T>? Compressed { get; internal set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        UpLeft.Dispose();
        UpRight.Dispose();
        DownLeft.Dispose();
        DownRight.Dispose();
        M2M.Dispose();
        L2L.Dispose();
        Transfer.Dispose();
        Compressed?.Dispose();
    }
}
