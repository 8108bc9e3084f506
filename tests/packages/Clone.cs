using System.Reflection;
using System.Runtime.CompilerServices;

namespace Fmm.Tests;

/// <summary>The tree that these tests were built from, as someone finds it after cloning.</summary>
internal static class Clone
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>The configuration that the tests, and the libraries beside them, were built in.</summary>
    public static string Configuration { get; } =
        typeof(Clone).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The lines of a file.</summary>
    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    /// <summary>The program that the README shows.</summary>
    public static string ReadmeProgram() =>
        string.Join('\n', Lines("README.md").SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```"));

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
