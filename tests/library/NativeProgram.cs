using System.Diagnostics;
using NUnit.Framework;

namespace Fmm.Tests.Library;

/// <summary>A program in C, C++ or Fortran, compiled in a folder of its own without a warning, against the library.</summary>
internal sealed class NativeProgram : IDisposable
{
    private static readonly Dictionary<string, string[]> _options = new()
    {
        ["gcc"] = ["-Wall", "-Wextra", "-Werror", "-std=c11", "-O2", "-I", LibraryFiles.Include],
        ["g++"] = ["-Wall", "-Wextra", "-Werror", "-std=c++17", "-O2", "-I", LibraryFiles.Include],
        ["gfortran"] = ["-Wall", "-Werror", "-std=f2018", "-O2"],
    };

    /// <summary>Compiles and links sources in their order; skips the test without the compiler or the library.</summary>
    public NativeProgram(string compiler, params string[] sources)
    {
        LibraryFiles.Require();
        RequireProgram(compiler);
        Folder = Directory.CreateTempSubdirectory("fmm-native-").FullName;
        string[] link = ["-o", "program", "-L", LibraryFiles.Libraries, "-lfmm", $"-Wl,-rpath,{LibraryFiles.Libraries}", "-lm", "-lpthread"];
        ChildOutcome outcome = Start(compiler, [.. _options[compiler], .. sources, .. link]);
        Assert.That((outcome.Code, outcome.Output + outcome.Error), Is.EqualTo((0, "")), $"{compiler} {string.Join(' ', sources)}");
    }

    /// <summary>Where it was compiled, and where it runs.</summary>
    public string Folder { get; }

    /// <summary>Whether a program of this name is on the path.</summary>
    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Skips the test, naming Debian's package, without a program of this name.</summary>
    public static void RequireProgram(string program)
    {
        if (!Has(program)) Assert.Ignore($"needs {program}: apt-get install -y {program}");
    }

    /// <summary>Runs it to its end.</summary>
    public ChildOutcome Run(params string[] arguments) => Start(Path.Combine(Folder, "program"), arguments);

    /// <summary>Runs it and returns its output; an exit code other than 0 fails the test.</summary>
    public string Told(params string[] arguments)
    {
        ChildOutcome outcome = Run(arguments);
        Assert.That(outcome.Code, Is.Zero, $"{outcome.Output}\n{outcome.Error}");
        return outcome.Output;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private ChildOutcome Start(string program, params string[] arguments) => ChildOutcome.Of(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder });
}
