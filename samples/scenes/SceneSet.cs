namespace Fmm.Samples;

/// <summary>All scenes by name.</summary>
public static class SceneSet
{
    /// <summary>The scenes in the order of the help text.</summary>
    public static IReadOnlyList<Scene> All { get; } =
    [
        new FieldScene<UnitSphere>("sphere", "charges of both signs on a sphere's surface: their potential against direct sums (1e6)"),
        new FieldScene<UnitCube>("cube", "charges of both signs in a cube: their potential against direct sums (1e6)"),
        new ChargedBall(),
        new RockSalt(),
        new YukawaCrystal(),
        new Capacitance(),
        new Capacitor(),
        new Multipoles(),
        new Hostile(),
        new Galaxies(),
        new PlummerSphere(),
        new ColdCollapse(),
        new PlasmaSlabs(),
        new PenningTrap(),
        new Sedimentation(),
        new RisingRing(),
        new LeapfroggingRings(),
        new OwnKernel(),
        new OwnSystem(),
        new HostLoop(),
        new OwnThreads(),
        new Replay(),
    ];

    /// <summary>The scenes' names, for the help text.</summary>
    public static string Help => $"One of {string.Join(", ", All.Select(scene => scene.Name))}; fmm scenes tells of each";

    /// <summary>Finds a scene.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public static Scene Named(string name) => All.FirstOrDefault(scene => scene.Name == name)
        ?? throw new InputException($"there is no scene {InputException.Quote(name)}; take one of {string.Join(", ", All.Select(scene => scene.Name))}");
}
