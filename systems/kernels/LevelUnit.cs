using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// What the columns of sorted points hold. Double precision: the coordinates themselves over the root's unit, a power of two, so that
/// no bit of them is lost and every distance is the difference of two numbers that the user gave. Single precision: coordinates about
/// the centre of the point's leaf, over the unit of the leaf's level.
/// </summary>
internal static class LevelUnit
{
    /// <summary>Whether columns hold the coordinates themselves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAbsolute<T>() => typeof(T) == typeof(double);

    /// <summary>The user's length of one unit of a level's points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of<T>(TreeShape shape, int level)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        IsAbsolute<T>() || !shape.IsScaled ? shape.Unit : Math.ScaleB(shape.Unit, -level);

    /// <summary>
    /// What rounds a coordinate to a multiple of 2^-24 of its leaf when it is added and taken away: single precision places its points on
    /// a lattice, so that no two are nearer than its step without being one, and powers of their distance stay in range.
    /// </summary>
    /// <param name="halfWidth">Half width of the leaf in its unit.</param>
    public static double Grid<T>(double halfWidth) => IsAbsolute<T>() ? 0 : Math.ScaleB(1.5, 52 - 24 + Math.ILogB(halfWidth));

    /// <summary>Where the coordinates of a leaf's points count from, in the user's units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Position Origin<T>(in RootCube domain, int level, ulong key)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        IsAbsolute<T>() ? default : NodeGeometry.Centre(domain, level, key);

    /// <summary>A node's centre in the coordinates of the points of a leaf at that place: 0 unless they are absolute.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Position Centre<T>(TreeShape shape, int level, ulong key)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!IsAbsolute<T>()) return default;
        Position centre = NodeGeometry.Centre(shape.RootCube, level, key);
        return new Position(centre.X / shape.Unit, centre.Y / shape.Unit, centre.Z / shape.Unit);
    }
}
