namespace Fmm.Tests;

/// <summary>
/// A new console project as a stranger makes one: outside the tree, from the SDK's template, with one folder as feed. What it restores
/// stays in its own folder, so that packages of a version that is packed again and again never reach the user's cache.
/// </summary>
internal sealed class ConsoleProject : IDisposable
{
    // A build beside running tests would write over the libraries that they run.
    private const string NoProjects = "-p:BuildProjectReferences=false";
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"fmm-stranger-{Guid.NewGuid():N}");

    /// <summary>Makes the project.</summary>
    /// <param name="feed">The folder that packages come from; no other place is asked.</param>
    public ConsoleProject(string feed)
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, "nuget.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="packages" />
              </config>
              <packageSources>
                <clear />
                <add key="feed" value="{feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <clear />
              </fallbackPackageFolders>
            </configuration>
            """);
        Dotnet("new", "console", "--name", "Stranger", "--output", ".", "--no-restore");
    }

    /// <summary>Refers to a package.</summary>
    public void AddPackage(string name) => Dotnet("add", "package", name);

    /// <summary>Refers to a project as it is built.</summary>
    public void AddReference(string project) => Dotnet("add", "reference", project);

    /// <summary>Builds a program, pasted over the template's, runs it and returns what it wrote.</summary>
    public string Run(string program)
    {
        File.WriteAllText(Path.Combine(_folder, "Program.cs"), program);
        Dotnet("build", "-c", Clone.Configuration, "-warnaserror", NoProjects);
        return Dotnet("run", "-c", Clone.Configuration, "--no-build");
    }

    /// <summary>Builds a program of several files and returns what each of the runs wrote.</summary>
    /// <param name="files">Files by name; the first holds the entry point.</param>
    /// <param name="arguments">The argument of each run.</param>
    public Dictionary<string, string> Run(IEnumerable<(string Name, string Text)> files, params string[] arguments)
    {
        foreach ((string name, string text) in files) File.WriteAllText(Path.Combine(_folder, name), text);
        Dotnet("build", "-c", Clone.Configuration, "-warnaserror", NoProjects);
        string built = Directory.GetFiles(Path.Combine(_folder, "bin"), "Stranger.dll", SearchOption.AllDirectories).Single();
        return arguments.ToDictionary(argument => argument, argument => Dotnet(built, argument));
    }

    /// <summary>The assemblies that stand beside the built program.</summary>
    public IEnumerable<string> Libraries() =>
        Directory.GetFiles(Path.Combine(_folder, "bin"), "*.dll", SearchOption.AllDirectories).Select(file => Path.GetFileName(file));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Dotnet(params string[] arguments) => ChildOutcome.OfDotnet(_folder, arguments);
}
