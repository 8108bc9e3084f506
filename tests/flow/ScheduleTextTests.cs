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
        string found = solver.Explain().ReplaceLineEndings("\n").TrimEnd() + "\n", file = Golden();
        if (Environment.GetEnvironmentVariable("FMM_GOLDEN") == "write") File.WriteAllText(file, found);
        Assert.That(found, Is.EqualTo(File.ReadAllText(file).ReplaceLineEndings("\n")));
    }

    [Test]
    public void The_text_is_the_same_before_and_after_a_run()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 2, Threads = 3 });
        string before = solver.Explain();
        Scene.Of("cube", 500).Solve<Laplace>(solver, gradient: false);
        Assert.That(solver.Explain(), Is.EqualTo(before));
    }

    private static string Golden([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "field.schedule.txt");
}
