using Fmm.Components;

namespace Fmm.Samples;

/// <summary>Points and densities to try things with, as PyExaFMM's script makes them; they follow from a seed alone.</summary>
/// <param name="Sources">Where the densities are.</param>
/// <param name="Targets">Where the field is wanted; the same array unless the points are apart.</param>
/// <param name="Densities">One a source, uniform in [0, 1).</param>
internal sealed record TestPoints(Position[] Sources, Position[] Targets, double[] Densities)
{
    /// <summary>The type whose targets are points of their own.</summary>
    public const string Separated = "separated";

    private const long TargetSeed = 0x7A3F_0C95;

    /// <summary>Draws points.</summary>
    /// <param name="type">How they lie, out of <see cref="ConfigKey.DataTypes"/>.</param>
    /// <param name="count">How many sources, and how many targets.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TestPoints Draw(string type, int count, long seed, CancellationToken cancellation)
    {
        Position[] sources = Lie(type, count, seed, cancellation);
        Position[] targets = type == Separated ? Cube(count, unchecked(seed ^ TargetSeed), 1, cancellation) : sources;

        // The scenes' charges have their middle at 0; both sums are exact.
        double[] densities = PointClouds.Charges(count, seed, cancellation);
        for (int i = 0; i < densities.Length; i++) densities[i] += 0.5;
        return new TestPoints(sources, targets, densities);
    }

    private static Position[] Lie(string type, int count, long seed, CancellationToken cancellation) => type switch
    {
        "random" or "cube" => PointClouds.Draw(default(UnitCube), count, seed, cancellation),
        Separated => Cube(count, seed, -1, cancellation),
        "sphere" => Scaled(PointClouds.Draw(default(UnitSphere), count, seed, cancellation), 0.5, 0),
        "plummer" => PointClouds.Draw(default(Plummer), count, seed, cancellation),
        "ellipsoid" => PointClouds.Draw(default(EllipsoidSurface), count, seed, cancellation),
        _ => throw new ArgumentException($"There are no points of the type '{type}': take one of {string.Join(", ", ConfigKey.DataTypes)}.", nameof(type)),
    };

    // PyExaFMM's: cubes of side 1/10 with a corner at (-1, -1, -1) and at (1, 1, 1).
    private static Position[] Cube(int count, long seed, double corner, CancellationToken cancellation) =>
        Scaled(PointClouds.Draw(default(UnitCube), count, seed, cancellation), 0.1, corner);

    private static Position[] Scaled(Position[] points, double scale, double shift)
    {
        for (int i = 0; i < points.Length; i++)
            points[i] = new Position((scale * points[i].X) + shift, (scale * points[i].Y) + shift, (scale * points[i].Z) + shift);
        return points;
    }
}
