using System.Numerics;

namespace Fmm.Systems;

/// <summary>Below which distance a pair is evaluated from the coordinates that the user gave.</summary>
/// <remarks>
/// Single precision rounds coordinates to 2^-24 of a leaf, which a pair at r half widths feels as 6e-8 / r. On a surface, where close pairs
/// weigh most, what pairs beyond a reach of 1/k add to the relative error of the field is about k * 1e-8.
/// </remarks>
internal static class CloseReach
{
    // Nearer than this powers of the distance may leave single precision's range.
    private const double Beyond = 9.094947017729282e-13; // 2^-40

    private const double Widest = 1.0 / 32;

    /// <summary>Whether a pair apart is too close for the working precision's numbers; double precision has no better to turn to.</summary>
    /// <param name="dx">Difference along x, in units of a leaf.</param>
    /// <param name="dy">Difference along y.</param>
    /// <param name="dz">Difference along z.</param>
    public static bool IsBeyond<T>(double dx, double dy, double dz)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        !LevelUnit.IsAbsolute<T>() && Math.Max(Math.Abs(dx), Math.Max(Math.Abs(dy), Math.Abs(dz))) < Beyond;

    /// <summary>The reach in half widths of a leaf.</summary>
    /// <param name="alone">Whether the sums are exact, with no far field beside them.</param>
    /// <param name="order">The order of the far field.</param>
    public static double Of<T>(bool alone, int order)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        // Double precision's coordinates are not rounded: what is looked for are distances that can't be squared, below 2^-170.
        LevelUnit.IsAbsolute<T>() ? 6.681911775528434e-52 : alone ? Widest : order switch
        {
            <= 4 => 1.0 / 1024,
            <= 6 => 1.0 / 128,
            _ => Widest,
        };
}
