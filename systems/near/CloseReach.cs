using System.Numerics;

namespace Fmm.Systems;

/// <summary>Below which distance a pair is evaluated from the coordinates that the user gave.</summary>
/// <remarks>
/// Single precision rounds coordinates to 2^-24 of a leaf, which a pair at r half widths feels as 6e-8 / r. On a surface, where close pairs
/// weigh most, what pairs beyond a reach of 1/k add to the relative error of the field is about k * 1e-8.
/// </remarks>
internal static class CloseReach
{
    /// <summary>Nearer than this, in units of a leaf, powers of the distance may leave single precision's range.</summary>
    public const double Beyond = 9.094947017729282e-13; // 2^-40

    private const double Widest = 1.0 / 32;

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
