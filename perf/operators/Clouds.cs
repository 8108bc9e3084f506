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
        _ => throw new ArgumentOutOfRangeException(nameof(cloud), cloud, "Benchmarks know cube, sphere and plummer."),
    };
}
