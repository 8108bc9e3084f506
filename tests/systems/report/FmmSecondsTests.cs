using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Flow;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>How a report adds up the times of systems.</summary>
internal sealed class FmmSecondsTests
{
    [Test]
    public void Operators_and_those_of_M2L_are_made_beside_each_other_and_counted_once([Values(1, 2)] int threads)
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 8, LeafCapacity = 40, Threads = threads });
        Scene.Of("cube", 2000).Solve<Laplace>(solver, gradient: false);
        SystemTime first = solver.Method.Schedule.Times[nameof(PrepareOperators)], second = solver.Method.Schedule.Times[nameof(PrepareTransfers)];
        Assert.That(first.Seconds, Is.Positive);
        Assert.That(second.Seconds, Is.Positive);
        double apart = Math.Max(first.StartSeconds, second.StartSeconds) - Math.Min(first.StartSeconds + first.Seconds, second.StartSeconds + second.Seconds);
        double whole = Math.Max(first.StartSeconds + first.Seconds, second.StartSeconds + second.Seconds) - Math.Min(first.StartSeconds, second.StartSeconds);
        Assert.That(solver.Report.Seconds.Operators, Is.EqualTo(whole - Math.Max(0, apart)).Within(1e-9));
    }
}
