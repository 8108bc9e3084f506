using Fmm.Components;
using Fmm.Samples;

namespace Fmm.Perf;

/// <summary>The distributions by the names that benchmarks carry.</summary>
internal static class Clouds
{
    public static Position[] Draw(string cloud, int count) => cloud switch
    {
        "cube" => PointClouds.Draw(default(UnitCube), count, 1),
        "sphere" => PointClouds.Draw(default(UnitSphere), count, 1),
        "plummer" => PointClouds.Draw(default(Plummer), count, 1),
        "ellipsoid" => PointClouds.Draw(default(EllipsoidSurface), count, 1),
        "squares" => [.. PointClouds.Draw(default(UnitCube), count, 1).Select(p => new Position(p.X * p.X, p.Y * p.Y, p.Z * p.Z))],
        "plane" => [.. PointClouds.Draw(default(UnitCube), count, 1).Select(p => new Position(p.X, 0.25 - p.X, p.Y))],
        "balls" => [.. CollidingClusters.Draw(count, 1).Select(body => body.At)],
        _ => throw new ArgumentOutOfRangeException(nameof(cloud), cloud, "There is no such distribution."),
    };
}
