using System.Runtime.CompilerServices;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>
/// The schedule as text, kept in field.schedule.txt: a change of order or access shows in review. After a change that is meant,
/// run this test with FMM_GOLDEN=write and commit the file.
/// </summary>
public sealed class ScheduleTextTests
{
    [Test]
    public void The_schedule_is_the_one_that_is_written_down()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 4, Gradient = true });
        RequireGolden(solver.Explain(), "field.schedule.txt");
    }

    [Test]
    public void The_schedule_over_ranks_is_the_one_that_is_written_down()
    {
        string[] found = RankScene.Ask(2, ranks =>
        {
            using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 4, Gradient = true }, ranks);
            return solver.Explain();
        });
        Assert.That(found[1], Is.EqualTo(found[0]));
        RequireGolden(found[0], "ranks.schedule.txt");
    }

    [Test]
    public void The_text_is_the_same_before_and_after_a_run()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 2, Threads = 3 });
        string before = solver.Explain();
        Scene.Of("cube", 500).Solve<Laplace>(solver, gradient: false);
        Assert.That(solver.Explain(), Is.EqualTo(before));
    }

    private static void RequireGolden(string text, string name, [CallerFilePath] string here = "")
    {
        string found = text.ReplaceLineEndings("\n").TrimEnd() + "\n", file = Path.Combine(Path.GetDirectoryName(here)!, name);
        if (Environment.GetEnvironmentVariable("FMM_GOLDEN") == "write") File.WriteAllText(file, found);
        Assert.That(found, Is.EqualTo(File.ReadAllText(file).ReplaceLineEndings("\n")));
    }
}
