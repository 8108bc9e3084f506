using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>Random schedules of calls on a solver (set, evaluate, cancel, fail, verify, report, dispose, other threads) against a model.</summary>
public sealed class SolverScheduleTests
{
    private const int Calls = 14;
    private const int SchedulesACase = 100;

    [Test]
    public void Whatever_is_called_every_answer_is_right_or_refused([Range(0, 9)] int part)
    {
        for (int seed = SchedulesACase * part; seed < SchedulesACase * (part + 1); seed++) Run(seed);
    }

    [Test, Category("Slow"), Category("Fresh")]
    public void Whatever_is_called_with_fresh_seeds_every_answer_is_right_or_refused()
    {
        int first = Random.Shared.Next();
        TestContext.Out.WriteLine($"seeds from {first}");
        for (int i = 0; i < 3000; i++) Run(unchecked(first + i));
    }

    private static void Run(int seed)
    {
        using SolverModel model = new(seed);
        for (int call = 0; call < Calls; call++) model.Step();
        model.End();
        for (int call = 0; call < 3; call++) model.Step();
    }
}
