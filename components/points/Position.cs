namespace Fmm.Components;

/// <summary>A point in three dimensions in f64, in the user's units. Input rows stand in the user's order.</summary>
public struct Position
{
    /// <summary>Coordinate along x.</summary>
    public double X;

    /// <summary>Coordinate along y.</summary>
    public double Y;

    /// <summary>Coordinate along z.</summary>
    public double Z;

    /// <summary>A point from its three coordinates.</summary>
    /// <param name="x">Coordinate along x.</param>
    /// <param name="y">Coordinate along y.</param>
    /// <param name="z">Coordinate along z.</param>
    public Position(double x, double y, double z)
    {
        X = x;
        Y = y;
        Z = z;
    }

    /// <inheritdoc/>
    public override readonly string ToString() => $"({X}, {Y}, {Z})";
}
