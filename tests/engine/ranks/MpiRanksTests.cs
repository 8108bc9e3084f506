using NUnit.Framework;

namespace Fmm.Tests.Ranks;

/// <summary>Processes that launchers of both families start do what all ranks do, and none waits for one that has failed.</summary>
internal sealed class MpiRanksTests
{
    [OneTimeSetUp]
    public void NeedLinux()
    {
        if (!OperatingSystem.IsLinux()) Assert.Ignore("The launchers are Debian's.");
    }

    [Test]
    public void Ranks_of_MPI_do_what_all_ranks_do([Values(MpiLaunch.OpenMpi, MpiLaunch.Mpich)] string launcher, [Values(1, 2, 3, 4)] int count)
    {
        (ChildOutcome outcome, _) = MpiLaunch.Run(launcher, count, "checks");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")), outcome.Output);
        IEnumerable<string> names = RankChecks.All.Select(check => $"ok {check.Name}");
        string[] lines = outcome.Output.TrimEnd('\n').Split('\n');
        Assert.That(lines[..^1], Is.EqualTo([.. names, .. names.Select(name => $"{name} in pieces"), "ok what is warm allocates nothing", "ok null references are told"]));
        Assert.That(lines[^1], Does.Match($"^{count} ranks of {(launcher == MpiLaunch.OpenMpi ? "Open MPI" : "MPICH")} [0-9.]+$"));
    }

    // A host in C that calls exit: what a runtime does at its end is not done. MPICH's launcher ends the others too, and calls it a success.
    [TestCase(MpiLaunch.OpenMpi, 1)]
    [TestCase(MpiLaunch.Mpich, 0)]
    public void Nobody_waits_for_a_process_that_is_gone(string launcher, int code)
    {
        (ChildOutcome outcome, double seconds) = MpiLaunch.Run(launcher, 2, "exits past the runtime");
        Assert.That(outcome.Code, Is.EqualTo(code));
        Assert.That(seconds, Is.LessThan(10));
    }

    [TestCase(MpiLaunch.OpenMpi)]
    [TestCase(MpiLaunch.Mpich)]
    public void Whoever_waits_for_a_rank_that_itself_waits_says_so(string launcher)
    {
        // Rank 2 of 3 is late: rank 1 waits for it, and rank 0 for both.
        (ChildOutcome outcome, _) = MpiLaunch.Run(launcher, 3, "is late");
        Assert.That(outcome.Code, Is.Not.Zero);
        Assert.That(outcome.Error, Does.Match("rank 1 waited in Barrier for rank 2\\.|rank 0 waited in Barrier for rank 2, or for one that it waits for\\."));
    }

    // What a rank does, and what is told of it on the standard error stream.
    [TestCase("throws", "Rank 1 of 2 has failed: its slab is cut off")]
    [TestCase("throws on another thread", "Rank 1 of 2 has failed: its slab is cut off")]
    [TestCase("is killed", "")]
    [TestCase("exits", "Rank 1 of 2 has failed: its process ends, and has not disposed its ranks.")]
    [TestCase("leaves", "the last leaves")]
    [TestCase("is late", "Rank 0 of 2 has failed: The ranks did not come together in 0.5 s: rank 0 waited in Barrier for rank 1.")]
    [TestCase("is silent", "has failed: ")]
    [TestCase("calls another", "Rank (1 is in Gather of 8 bytes a rank, and rank 0 in Barrier|0 is in Barrier, and rank 1 in Gather of 8 bytes a rank): all ranks make the same calls")]
    [TestCase("sends less", "Rank 0 of 2 has failed: Rank 1 sends 8 bytes as message 7 to rank 0, which expects 16.")]
    [TestCase("sends more", "Rank 0 of 2 has failed: Rank 1 sends ")]
    [TestCase("sends to one that expects none", "Rank 0 of 2 has failed: Rank 1 sends 8 bytes in Exchange to rank 0, which expects none.")]
    public void A_rank_that_fails_ends_all_with_its_words(string failure, string words)
    {
        foreach (string launcher in (string[])[MpiLaunch.OpenMpi, MpiLaunch.Mpich])
        {
            (ChildOutcome outcome, double seconds) = MpiLaunch.Run(launcher, 2, failure);
            Assert.That(outcome.Code, Is.Not.Zero, launcher);
            Assert.That(outcome.Error, Does.Match(words), launcher);
            Assert.That(seconds, Is.LessThan(10), launcher);
        }
    }

    [TestCase(MpiLaunch.OpenMpi)]
    [TestCase(MpiLaunch.Mpich)]
    public void A_host_that_has_started_MPI_ends_it_itself(string launcher)
    {
        (ChildOutcome outcome, _) = MpiLaunch.Run(launcher, 2, "host,2");
        Assert.That((outcome.Code, outcome.Output, outcome.Error), Is.EqualTo((0, "the host ends MPI\n", "")));
    }

    [Test]
    public void A_host_whose_MPI_serves_one_thread_alone_is_told()
    {
        (ChildOutcome outcome, _) = MpiLaunch.Run(MpiLaunch.Mpich, 2, "host,0");
        Assert.That(outcome.Code, Is.Not.Zero);
        Assert.That(outcome.Error, Does.Contain("allows calls from one thread alone").And.Contain("start it by MPI_Init_thread with MPI_THREAD_SERIALIZED or more."));
    }

    [TestCase(MpiLaunch.OpenMpi, "libmpi.so.40", 0, @"^(0|1) of 2, Open MPI [0-9.]+\n(0|1) of 2, Open MPI [0-9.]+\n$")]
    [TestCase(MpiLaunch.Mpich, "none", 0, @"^0 of 1, one\n0 of 1, one\n$")]
    [TestCase(MpiLaunch.Mpich, "libmpi.so.40", 1, "The launcher started 2 processes, and Open MPI [0-9.]+ sees this one alone: it is the library of another launcher, or")]
    [TestCase(MpiLaunch.OpenMpi, "libmpich.so.12", 1, "The launcher started 2 processes, and MPICH [0-9.]+ sees this one alone: it is the library of another launcher, or")]
    public void The_user_can_name_the_library(string launcher, string name, int code, string words)
    {
        (ChildOutcome outcome, _) = MpiLaunch.Run(launcher, 2, "which", ("FMM_MPI", name));
        Assert.That(outcome.Code, code == 0 ? Is.Zero : Is.Not.Zero, outcome.Error);
        Assert.That(code == 0 ? outcome.Output : outcome.Error, Does.Match(words));
    }
}
