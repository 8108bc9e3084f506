namespace Fmm.Systems;

/// <summary>
/// The points of a cube's surface on which equivalent densities and check potentials live: the outer layer of a
/// p x p x p lattice, 6 (p - 1)^2 + 2 points (Ying, Biros and Zorin 2004, section 3.1).
/// </summary>
/// <remarks>Points run in lattice order, x slowest and z fastest: that order is the stride of every expansion.</remarks>
public sealed class Surface
{
    private readonly int[] _lattice;

    /// <summary>The surface of order <paramref name="order"/>.</summary>
    /// <param name="order">Lattice points along an edge, 2 or more.</param>
    public Surface(int order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 2);
        Order = order;
        Count = (6 * (order - 1) * (order - 1)) + 2;
        _lattice = new int[3 * Count];
        int at = 0;
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++)
            {
                for (int k = 0; k < order; k++)
                {
                    if (!IsOnSurface(i) && !IsOnSurface(j) && !IsOnSurface(k)) continue;
                    _lattice[at++] = i;
                    _lattice[at++] = j;
                    _lattice[at++] = k;
                }
            }
        }
    }

    /// <summary>Lattice points along an edge, p.</summary>
    public int Order { get; }

    /// <summary>Points on the surface, 6 (p - 1)^2 + 2.</summary>
    public int Count { get; }

    /// <summary>Lattice index, 0 to p - 1, of point <paramref name="point"/> along <paramref name="axis"/> (0 x, 1 y, 2 z).</summary>
    public int Lattice(int point, int axis) => _lattice[(3 * point) + axis];

    /// <summary>Coordinate of a point along an axis, on a cube of half width <paramref name="halfWidth"/> about the origin.</summary>
    public double Coordinate(int point, int axis, double halfWidth) =>
        halfWidth * ((2.0 * Lattice(point, axis) / (Order - 1)) - 1);

    /// <summary>
    /// The same on an outer surface, whose points stand at tan(w u) / tan(w) instead of u = -1..1 along each axis: closer together
    /// around the middle of the faces, which is where the surface is nearest to the box; <see cref="SurfaceRatios.Angle"/>.
    /// </summary>
    /// <param name="point">The point.</param>
    /// <param name="axis">0 x, 1 y, 2 z.</param>
    /// <param name="halfWidth">Half width of the cube.</param>
    /// <param name="angle">w, 0 or more and less than pi/2; 0 for even spacing.</param>
    public double OuterCoordinate(int point, int axis, double halfWidth, double angle)
    {
        double even = Coordinate(point, axis, 1);
        return halfWidth * (angle == 0 ? even : Math.Tan(angle * even) / Math.Tan(angle));
    }

    private bool IsOnSurface(int index) => index == 0 || index == Order - 1;
}
