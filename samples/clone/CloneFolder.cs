namespace Fmm.Samples;

/// <summary>The clone of this project that the current folder lies in.</summary>
internal static class CloneFolder
{
    /// <summary>The solution in a clone's root.</summary>
    public const string Solution = "Engine.sln";

    /// <summary>The tests' script, from the root.</summary>
    public const string Tests = "tests/run";

    /// <summary>Looks for the root, upwards from a folder.</summary>
    /// <param name="folder">Where it begins.</param>
    /// <exception cref="InputException">There is none.</exception>
    public static string Root(string folder)
    {
        for (string? one = folder; one is not null; one = Path.GetDirectoryName(one))
            if (File.Exists(Path.Combine(one, Solution)) && File.Exists(Path.Combine(one, Tests))) return one;
        throw new InputException($"{folder} lies in no clone of Fmm Engine (a folder with {Solution} and {Tests}); change into one");
    }
}
