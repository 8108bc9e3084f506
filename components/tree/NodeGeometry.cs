using System.Runtime.CompilerServices;
namespace Fmm.Components;

/// <summary>Where a node lies, from its key: every place is computed in f64 by the same expression, so that all systems agree to the bit.</summary>
public static class NodeGeometry
{
    /// <summary>Half width of the nodes of a level.</summary>
    /// <param name="domain">The root's cube.</param>
    /// <param name="level">Level, 0 to 21.</param>
    /// <returns>Half of a node's edge, in the user's units.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double HalfWidth(in RootCube domain, int level) => domain.HalfWidth / (1 << level);

    /// <summary>Centre of a node: that of the root plus (2 i + 1 - 2^l) half widths along each axis.</summary>
    /// <param name="domain">The root's cube.</param>
    /// <param name="level">Level of the node, 0 to 21.</param>
    /// <param name="key">The node's key at that level.</param>
    /// <returns>The centre, in the user's units.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Position Centre(in RootCube domain, int level, ulong key)
    {
        (uint x, uint y, uint z) = Morton.Decode(key);
        double half = HalfWidth(domain, level);
        int last = (1 << level) - 1;
        return new Position(
            domain.Centre.X + (((2 * (int)x) - last) * half),
            domain.Centre.Y + (((2 * (int)y) - last) * half),
            domain.Centre.Z + (((2 * (int)z) - last) * half));
    }

    /// <summary>Key at level 21 of the cell that a point lies in. Points outside the cube count to the nearest cell.</summary>
    /// <param name="domain">The root's cube.</param>
    /// <param name="point">A point, in the user's units.</param>
    /// <returns>The 63-bit key.</returns>
    public static ulong Key(in RootCube domain, in Position point)
    {
        return KeyOf(domain, (Morton.MaxCells / 2) / domain.HalfWidth, point);
    }

    /// <summary><see cref="Key"/> of a run of points.</summary>
    /// <param name="domain">The root's cube.</param>
    /// <param name="points">Points, in the user's units.</param>
    /// <param name="keys">Receives a key a point.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Keys(in RootCube domain, ReadOnlySpan<Position> points, Span<ulong> keys)
    {
        if (keys.Length != points.Length)
            throw new ArgumentException($"{points.Length} points need as many keys, not {keys.Length}.", nameof(keys));

        RootCube cube = domain;
        double scale = (Morton.MaxCells / 2) / cube.HalfWidth;
        for (int i = 0; i < points.Length; i++) keys[i] = KeyOf(cube, scale, points[i]);
    }

    private static ulong KeyOf(in RootCube domain, double scale, in Position point) => Morton.Encode(
        Cell(point.X - domain.Centre.X, domain.HalfWidth, scale),
        Cell(point.Y - domain.Centre.Y, domain.HalfWidth, scale),
        Cell(point.Z - domain.Centre.Z, domain.HalfWidth, scale));

    private static uint Cell(double offset, double half, double scale) =>
        (uint)double.ConvertToIntegerNative<int>(double.MinNative(double.MaxNative((offset + half) * scale, 0), Morton.MaxCells - 1));
}
