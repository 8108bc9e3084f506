using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Check potentials to equivalent densities for a batch of nodes. The pseudo-inverse stays two factors, applied one after the
/// other: their product would mix singular values of very different size and lose digits (Malhotra and Biros 2015, section 3.1).
/// </summary>
internal static unsafe class Equivalent
{
    /// <summary>Upward; returns the floating-point operations spent.</summary>
    public static long Upward<T>(
        ILinearAlgebra algebra, LevelOperators<T> operators, Expansion expansion, T* checks, int rows, T* middle, T* densities)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Apply(algebra, operators.UpLeft.Pointer, operators.UpRight.Pointer, operators.UpRank, expansion, checks, rows, middle, densities);

    /// <summary>Downward; returns the floating-point operations spent.</summary>
    public static long Downward<T>(
        ILinearAlgebra algebra, LevelOperators<T> operators, Expansion expansion, T* checks, int rows, T* middle, T* densities)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Apply(algebra, operators.DownLeft.Pointer, operators.DownRight.Pointer, operators.DownRank, expansion, checks, rows, middle, densities);

    private static long Apply<T>(
        ILinearAlgebra algebra, T* left, T* right, int rank, Expansion expansion, T* checks, int rows, T* middle, T* densities)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int check = expansion.CheckCount, density = expansion.DensityCount;
        if (rank == 0)
        {
            new Span<T>(densities, rows * density).Clear();
            return 0;
        }
        algebra.Gemm(false, false, rows, rank, check, T.One, checks, check, left, rank, T.Zero, middle, rank);
        algebra.Gemm(false, false, rows, density, rank, T.One, middle, rank, right, density, T.Zero, densities, density);
        return 2L * rows * rank * (check + density);
    }
}
