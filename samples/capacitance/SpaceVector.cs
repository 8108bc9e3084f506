using Fmm.Components;

namespace Fmm.Samples;

/// <summary>A vector of space, with what geometry needs of it.</summary>
/// <param name="X">Along x.</param>
/// <param name="Y">Along y.</param>
/// <param name="Z">Along z.</param>
internal readonly record struct SpaceVector(double X, double Y, double Z)
{
    public double Length => Math.Sqrt(Dot(this));

    public static SpaceVector operator +(SpaceVector a, SpaceVector b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static SpaceVector operator -(SpaceVector a, SpaceVector b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static SpaceVector operator *(double factor, SpaceVector a) => new(factor * a.X, factor * a.Y, factor * a.Z);

    public double Dot(SpaceVector b) => (X * b.X) + (Y * b.Y) + (Z * b.Z);

    public SpaceVector Cross(SpaceVector b) => new((Y * b.Z) - (Z * b.Y), (Z * b.X) - (X * b.Z), (X * b.Y) - (Y * b.X));

    /// <summary>The same direction, of length 1.</summary>
    public SpaceVector Unit() => 1 / Length * this;

    public Position At() => new(X, Y, Z);
}
