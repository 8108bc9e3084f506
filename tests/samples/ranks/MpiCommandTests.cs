using System.Diagnostics;
using Fmm.Files;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The command as mpirun starts it: by Open MPI and by MPICH, as Debian has them beside each other.</summary>
internal sealed class MpiCommandTests : CommandFixture
{
    private const string OpenMpi = "mpirun.openmpi", Mpich = "mpiexec.mpich";
    private static readonly string _program = Path.Combine(AppContext.BaseDirectory, "fmm.dll");

    [TestCase(OpenMpi)]
    [TestCase(Mpich)]
    public void The_field_is_that_of_as_many_threads_to_the_byte(string launcher)
    {
        Assert.That(FmmOutcome.Of("generate-test-data", "2000", "sphere", "--output", In("p.h5")).Code, Is.Zero);
        string[] call = ["evaluate", "--sources", In("p.h5"), "--order", "4", "--leaf", "50", "--m2l", "fft", "--gradient", "--threads", "1"];
        FmmOutcome outcome = ChildOf(launcher, [.. Ranks(launcher, 3, [.. call, "--output", In("mpi.h5")])]);
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(outcome.Output, Does.Contain("ranks    3, ").And.Match(@"(?m)^2 +\d+ +\d+").And.Not.Contain('\u001b'));
        Assert.That(FmmOutcome.Of([.. call, "--ranks", "3", "--output", In("threads.h5")]).Code, Is.Zero);
        Assert.That(File.ReadAllBytes(In("mpi.h5")).SequenceEqual(File.ReadAllBytes(In("threads.h5"))));
    }

    [TestCase(OpenMpi)]
    [TestCase(Mpich)]
    public void Ranks_with_other_options_end_all_and_say_so_once(string launcher)
    {
        string[] first = ["run", "cube", "--n", "500", "--order", "4"], second = ["run", "cube", "--n", "500", "--order", "5", "--threads", "1"];
        FmmOutcome outcome = ChildOf(launcher, [.. Ranks(launcher, 1, first), ":", .. Ranks(launcher, 2, second)[(launcher == OpenMpi ? 1 : 0)..]]);
        Assert.That(outcome.Code, Is.EqualTo(2), outcome.Error);
        string[] told = [.. outcome.ErrorLines.Where(line => line.StartsWith("fmm", StringComparison.Ordinal))];
        Assert.That(told, Has.Length.EqualTo(1), outcome.Error);
        Assert.That(told[0], Is.EqualTo("fmm: rank 1 of 3: --order is '5' here and '4' on rank 0; start all ranks with the same options and the same input"));
    }

    [Test]
    public void A_rank_that_is_killed_ends_the_others_and_leaves_no_file()
    {
        Assert.That(FmmOutcome.Of("generate-test-data", "20000", "cube", "--output", In("p.h5")).Code, Is.Zero);
        using Process launched = Begin(OpenMpi, Ranks(OpenMpi, 3, ["evaluate", "--sources", In("p.h5"), "--repeat", "10000", "--parts", "--output", In("f.h5"), "--threads", "1"]));
        Task<string> output = launched.StandardOutput.ReadToEndAsync(), error = launched.StandardError.ReadToEndAsync();
        // All parts and the index are open, and so all ranks compute.
        Assert.That(SpinWait.SpinUntil(() => Directory.GetFiles(Folder, "*.partial").Length == 4, TimeSpan.FromSeconds(30)), "never started");
        int rank = Directory.GetFiles(Folder, "*.partial").Select(file => int.Parse(Path.GetFileName(file).Split('.')[1], System.Globalization.CultureInfo.InvariantCulture)).Max();
        using (Process victim = Process.GetProcessById(rank)) victim.Kill();
        long begin = Stopwatch.GetTimestamp();
        Assert.That(launched.WaitForExit(TimeSpan.FromSeconds(30)), "still running");
        Assert.That(Stopwatch.GetElapsedTime(begin).TotalSeconds, Is.LessThan(10));
        Assert.That(launched.ExitCode, Is.Not.Zero, error.Result + output.Result);
        // The killed one could not clean up, which the next run in the folder does.
        PartialFiles.RemoveDead(Folder);
        Assert.That(Directory.GetFiles(Folder), Is.EqualTo(new[] { In("p.h5") }));
    }

    private static string[] Ranks(string launcher, int count, string[] call) =>
        [.. launcher == OpenMpi ? (string[])["--oversubscribe", "-np"] : ["-n"], $"{count}", "dotnet", _program, .. call];

    private static FmmOutcome ChildOf(string launcher, string[] arguments)
    {
        using Process process = Begin(launcher, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("still running");
        }

        return new FmmOutcome(process.ExitCode, output.Result, error.Result);
    }

    private static Process Begin(string launcher, string[] arguments)
    {
        string? program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, launcher)).FirstOrDefault(File.Exists);
        if (program is null) Assert.Ignore($"needs {launcher}: apt-get install -y {(launcher == OpenMpi ? "openmpi-bin" : "mpich")}");
        ProcessStartInfo start = new(program!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        start.Environment.Remove("FMM_MPI");
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
