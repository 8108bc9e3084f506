using System.Diagnostics;
using NUnit.Framework;

namespace Fmm.Tests.Ranks;

/// <summary>Starts <see cref="MpiTrial"/> as ranks of MPI, by the launchers that Debian has beside each other.</summary>
internal static class MpiLaunch
{
    public const string OpenMpi = "mpirun.openmpi", Mpich = "mpiexec.mpich";

    /// <summary>Runs the trial as so many ranks to its end; skips the test without the launcher.</summary>
    /// <param name="launcher">Which.</param>
    /// <param name="count">How many ranks.</param>
    /// <param name="trial">What they do: words between commas.</param>
    /// <param name="variables">What stands in their environment beside.</param>
    /// <returns>What they left, and the seconds from start to end.</returns>
    public static (ChildOutcome Outcome, double Seconds) Run(string launcher, int count, string trial, params (string Name, string Value)[] variables)
    {
        string? program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, launcher)).FirstOrDefault(File.Exists);
        if (program is null) Assert.Ignore($"needs {launcher}: apt-get install -y {(launcher == OpenMpi ? "openmpi-bin" : "mpich")}");
        string[] options = launcher == OpenMpi ? ["--allow-run-as-root", "--oversubscribe", "-np"] : ["-n"];
        ProcessStartInfo start = new(program!, [.. options, $"{count}", "dotnet", typeof(MpiTrial).Assembly.Location, .. trial.Split(',')]);
        // Ranks are more than cores here: a team of compilers for each would only be in the way.
        start.Environment["DOTNET_TieredPGO"] = "0";
        // Open MPI gives its ranks a terminal, which Console sets up.
        start.Environment["TERM"] = "dumb";
        start.Environment.Remove("FMM_MPI");
        foreach ((string name, string value) in variables) start.Environment[name] = value;
        long begun = Stopwatch.GetTimestamp();
        ChildOutcome outcome = ChildOutcome.Of(start);
        return (outcome, Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }
}
