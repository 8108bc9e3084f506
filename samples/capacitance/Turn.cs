namespace Fmm.Samples;

/// <summary>A turn about the origin, drawn at random from all turns alike (Shoemake 1992: a point on the sphere of quaternions).</summary>
internal sealed class Turn
{
    private readonly SpaceVector _x, _y, _z;

    /// <param name="seed">What it follows from.</param>
    public Turn(long seed)
    {
        Xoshiro256 random = new(seed);
        (double part, double first, double second) = (random.Unit(), 2 * Math.PI * random.Unit(), 2 * Math.PI * random.Unit());
        (double a, double b) = (Math.Sqrt(1 - part) * Math.Sin(first), Math.Sqrt(1 - part) * Math.Cos(first));
        (double c, double d) = (Math.Sqrt(part) * Math.Sin(second), Math.Sqrt(part) * Math.Cos(second));
        _x = new(1 - (2 * ((b * b) + (c * c))), 2 * ((a * b) + (c * d)), 2 * ((a * c) - (b * d)));
        _y = new(2 * ((a * b) - (c * d)), 1 - (2 * ((a * a) + (c * c))), 2 * ((b * c) + (a * d)));
        _z = new(2 * ((a * c) + (b * d)), 2 * ((b * c) - (a * d)), 1 - (2 * ((a * a) + (b * b))));
    }

    /// <summary>Panels after the turn.</summary>
    public Panel[] Of(Panel[] panels) => [.. panels.Select(panel => new Panel([.. panel.Corners.ToArray().Select(corner => (corner.X * _x) + (corner.Y * _y) + (corner.Z * _z))]))];
}
