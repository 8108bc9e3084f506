using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
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

    [TestCaseSource(nameof(_libraries))]
    public void A_library_is_compiled_by_an_optimising_compiler(Assembly library) => Assert.That(IsOptimised(library), Is.True);

    /// <summary>What <c>dotnet build systems -c Debug</c> has made, as .ci/run lets it once.</summary>
    [TestCase("Engine"), TestCase("Components"), TestCase("Systems")]
    [Category("DebugBuild")]
    public void A_library_that_a_host_builds_in_Debug_is_optimised(string library)
    {
        string file = Path.Combine(Clone.Root, "artifacts", "bin", library, "debug", $"Fmm.{library}.dll");
        if (!File.Exists(file)) Assert.Ignore("needs dotnet build systems -c Debug");
        AssemblyLoadContext apart = new("debug", isCollectible: true);
        Assert.That(IsOptimised(apart.LoadFromAssemblyPath(file)), Is.True);
        apart.Unload();
    }

    [TestCase("engine")]
    [TestCase("components")]
    [TestCase("systems")]
    public void A_library_is_built_optimised_and_without_overflow_checks_in_Debug(string library)
    {
        Assert.That(Property(library, "Optimize"), Is.EqualTo("true"));
        Assert.That(Property(library, "CheckForOverflowUnderflow"), Is.EqualTo("false"));
        Assert.That(Property(library, "CheckForOverflowUnderflow", "-p:FmmChecked=true"), Is.EqualTo("true"));
    }

    private static bool IsOptimised(Assembly library) => library.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    private static string Property(string library, string property, params string[] more)
    {
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet", ["msbuild", Path.Combine(Clone.Root, library), "-p:Configuration=Debug", $"-getProperty:{property}", "-nologo", .. more])
        {
            RedirectStandardOutput = true,
        })!;
        string value = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, value);
        return value.Trim();
    }
}
