using Fmm.Components;

namespace Fmm.Samples;

/// <summary>A distribution of points in space: one struct a distribution, drawn from a seeded generator.</summary>
public interface IPointCloud
{
    /// <summary>The next point.</summary>
    Position Draw(ref Xoshiro256 random);
}
