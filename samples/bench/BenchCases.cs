namespace Fmm.Samples;

/// <summary>
/// The bench's cases. Errors are those that the fastest known codes reach; a target is half of the best one's time at that error,
/// and at most a third of ExaFMM-T's, for a million points on two Zen 5 cores with an FMA peak of 540 (single) and 270 (double)
/// GFLOP/s. Yukawa and Helmholtz have half of ExaFMM-T's time at 1e5 points, times ten; Stokes and Biot-Savart half of PVFMM's; ten charge
/// vectors a third of what FMM3D takes. For the others no code was measured: their targets are this engine's own times of November 2026 and a quarter
/// more (<see cref="BenchCase.IsOwnTime"/>).
/// Peak memory is that of ExaFMM-T (single, p 6; double, p 8) or PVFMM (single, m 4).
/// </summary>
internal static class BenchCases
{
    /// <summary>All of them, in the order in which they run.</summary>
    public static IReadOnlyList<BenchCase> All { get; } =
    [
        new("cube-f32-2.5e-4", "cube", true, 2.5e-4, 4, 0.30) { PeerMegabytes = 456 },
        new("cube-f32-4.5e-6", "cube", true, 4.5e-6, 6, 0.40) { PeerMegabytes = 252 },
        new("sphere-f32-1e-4", "sphere", true, 1e-4, 4, 0.35) { Leaves = [64, 100, 150, 220] },
        new("sphere-f32-4e-6", "sphere", true, 4e-6, 6, 0.45) { Leaves = [100, 150, 220] },
        new("cube-f64-3e-6", "cube", false, 3e-6, 6, 0.60),
        new("cube-f64-6e-8", "cube", false, 6e-8, 8, 0.65) { PeerMegabytes = 747 },
        new("cube-f64-7e-9", "cube", false, 7e-9, 9, 0.80),
        new("cube-f64-7e-11", "cube", false, 7e-11, 11, 1.15),
        new("sphere-f64-3e-8", "sphere", false, 3e-8, 8, 0.95),
        new("sphere-f64-1e-11", "sphere", false, 1e-11, 12, 2.5) { Leaves = [400, 800, 1600] },
        new("ellipsoid-f64-3e-8", "ellipsoid", false, 3e-8, 8, 0.85),
        new("plummer-f64-7e-8", "plummer", false, 7e-8, 8, 1.6),
        new("cube-f64-gradient", "cube", false, 1.6e-6, 7, 0.95, Gradient: true),
        new("cube-f64-vectors", "cube", false, 4e-8, 8, 3.0) { Vectors = 10 },
        new("cube-f64-stokes", "cube", false, 6.7e-5, 6, 2.0, Kernel: "stokes") { Leaves = [320, 1000] },
        new("cube-f64-yukawa", "cube", false, 5e-8, 8, 3.6, Gradient: true, Kernel: "yukawa") { Parameters = Of("k", 5) },
        new("cube-f64-helmholtz", "cube", false, 1.2e-7, 8, 8.5, Gradient: true, Kernel: "helmholtz") { Parameters = Of("k", 5), Leaves = [200, 640] },
        new("cube-f64-damped", "cube", false, 1.2e-7, 8, 4.8, Gradient: true, Kernel: "damped-helmholtz") { Parameters = new Dictionary<string, double> { ["k"] = 5, ["decay"] = 1 }, Leaves = [200, 640], IsOwnTime = true },
        new("cube-f64-dipole", "cube", false, 3e-7, 7, 0.97, Kernel: "laplace-dipole") { Leaves = [200, 640], IsOwnTime = true },
        new("cube-f64-charge-dipole", "cube", false, 3e-7, 7, 2.05, Kernel: "laplace-charge-dipole") { Leaves = [200, 640], IsOwnTime = true },
        new("cube-f64-pressure", "cube", false, 3e-7, 7, 1.0, Kernel: "stokes-pressure") { Leaves = [200, 640], IsOwnTime = true },
        new("cube-f64-stress", "cube", false, 1e-5, 6, 2.4, Kernel: "stokes-stress") { Leaves = [320, 1000], IsOwnTime = true },
        new("cube-f64-double-layer", "cube", false, 1e-5, 6, 2.3, Kernel: "stokes-double-layer") { Leaves = [320, 1000], IsOwnTime = true },
        new("cube-f64-biot-savart", "cube", false, 2.9e-7, 7, 1.7, Kernel: "biot-savart") { Leaves = [200, 640] },
        new("plummer-f64-gravity", "plummer", false, 7e-8, 8, 0.82, Kernel: "gravity") { Parameters = Of("length", 1e-3), IsOwnTime = true },
    ];

    /// <summary>The cases of the names given; all of them if there are none.</summary>
    /// <param name="names">Names, each perhaps a list parted by commas.</param>
    /// <exception cref="InputException">A name is unknown.</exception>
    public static IReadOnlyList<BenchCase> Named(IReadOnlyList<string> names)
    {
        if (names.Count == 0) return All;
        List<BenchCase> chosen = [];
        foreach (string name in names.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            BenchCase found = All.FirstOrDefault(one => one.Name == name)
                ?? throw new InputException($"--case must be one of {string.Join(", ", All.Select(one => one.Name))}, not {InputException.Quote(name)}");
            if (!chosen.Contains(found)) chosen.Add(found);
        }

        return chosen;
    }

    private static Dictionary<string, double> Of(string parameter, double value) => new() { [parameter] = value };

    /// <summary>The points of a distribution.</summary>
    public static Fmm.Components.Position[] Points(string cloud, int count, long seed) => cloud switch
    {
        "cube" => PointClouds.Draw(default(UnitCube), count, seed),
        "sphere" => PointClouds.Draw(default(UnitSphere), count, seed),
        "ellipsoid" => PointClouds.Draw(default(EllipsoidSurface), count, seed),
        "plummer" => PointClouds.Draw(default(Plummer), count, seed),
        _ => throw new ArgumentOutOfRangeException(nameof(cloud), cloud, "The bench knows cube, sphere, ellipsoid and plummer."),
    };
}
