using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>
/// The libraries are optimised whatever the configuration of the host that builds them: unoptimised loops take a hundred times as long.
/// </summary>
public sealed class DebugBuildTests
{
    private static readonly Assembly[] _libraries = [typeof(World).Assembly, typeof(Position).Assembly, typeof(FmmSolver).Assembly];

    /// <summary>Says something where the tests are built in Debug, as .ci/run does once.</summary>
    [TestCaseSource(nameof(_libraries))]
    public void A_library_is_compiled_by_an_optimising_compiler(Assembly library) =>
        Assert.That(library.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled ?? false, Is.False);

    [TestCase("engine")]
    [TestCase("components")]
    [TestCase("systems")]
    public void A_library_is_built_optimised_and_without_overflow_checks_in_Debug(string library)
    {
        Assert.That(Property(library, "Optimize"), Is.EqualTo("true"));
        Assert.That(Property(library, "CheckForOverflowUnderflow"), Is.EqualTo("false"));
        Assert.That(Property(library, "CheckForOverflowUnderflow", "-p:FmmChecked=true"), Is.EqualTo("true"));
    }

    private static string Property(string library, string property, params string[] more)
    {
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet", ["msbuild", Path.Combine(Root(), library), "-p:Configuration=Debug", $"-getProperty:{property}", "-nologo", .. more])
        {
            RedirectStandardOutput = true,
        })!;
        string value = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, value);
        return value.Trim();
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
