using Fmm.Components;

namespace Fmm.Samples;

/// <summary>The sphere's points squeezed onto an ellipsoid with half axes 1/4, 1/4 and 1: dense about the poles, deep trees.</summary>
public readonly struct EllipsoidSurface : IPointCloud
{
    /// <inheritdoc/>
    public Position Draw(ref Xoshiro256 random)
    {
        Position point = default(UnitSphere).Draw(ref random);
        return new Position(point.X / 4, point.Y / 4, point.Z);
    }
}
