namespace Fmm.Samples;

/// <summary>All scenes by name.</summary>
public static class SceneSet
{
    /// <summary>The scenes in the order of the help text.</summary>
    public static IReadOnlyList<Scene> All { get; } =
    [
        new FieldScene<UnitSphere>("sphere", "charges on a sphere's surface (1e6)"),
        new FieldScene<UnitCube>("cube", "charges in a cube (1e6)"),
        new Galaxies(),
        new PlummerSphere(),
        new ColdCollapse(),
        new PlasmaSlabs(),
        new PenningTrap(),
        new Annealing(),
        new Multipoles(),
        new Capacitance(),
    ];

    /// <summary>The scenes' names, for the help text.</summary>
    public static string Help => $"One of {string.Join(", ", All.Select(scene => scene.Name))}; fmm scenes tells of each";

    /// <summary>Finds a scene.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public static Scene Named(string name) => All.FirstOrDefault(scene => scene.Name == name)
        ?? throw new InputException($"there is no scene {InputException.Quote(name)}; take one of {string.Join(", ", All.Select(scene => scene.Name))}");
}
