using Fmm.Components;

namespace Fmm.Samples;

/// <summary>Uniform in the cube [0, 1)^3.</summary>
public readonly struct UnitCube : IPointCloud
{
    /// <inheritdoc/>
    public Position Draw(ref Xoshiro256 random) => new(random.Unit(), random.Unit(), random.Unit());
}
