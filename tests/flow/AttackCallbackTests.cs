using Fmm.Samples;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What attacks on the whole method found wrong once.</summary>
public sealed class AttackCallbackTests
{
    [Test]
    public void Points_that_a_callback_changes_under_an_evaluation_are_told([Values] bool charges)
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 5 });
        solver.SetPoints(Scene.Points("cube", 1000, 3));
        int told = 0;
        Assert.That(
            () => solver.Evaluate(PointClouds.Charges(1000, 1), new double[1000], default, new Each(() =>
            {
                if (told++ != 5) return;
                if (charges) solver.Method.Charges.Values.Resize(10);
                else solver.Method.Tree.Input.Set(Scene.Points("cube", 10, 4));
            })),
            Throws.InvalidOperationException);
    }

    private sealed class Each(Action act) : IProgress<Engine.SystemProgress>
    {
        public void Report(Engine.SystemProgress value) => act();
    }
}
