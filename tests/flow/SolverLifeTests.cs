using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>Disposal, failure, cancellation, progress, and solvers side by side.</summary>
public sealed class SolverLifeTests
{
    [Test]
    public void Disposal_gives_all_native_memory_back([Values] Precision precision, [Values] TransferStrategy strategy)
    {
        FmmSolver solver = FmmSolver.Create(
            new Yukawa(1), new FmmOptions { Order = 3, LeafCapacity = 20, Gradient = true, Precision = precision, Transfer = strategy, Threads = 3 });
        Ledger ledger = solver.World.Ledger;
        Scene.Of("plummer", 2000).Solve<Yukawa>(solver, gradient: true);
        Scene.Of("cube", "apart", 1000).Solve<Yukawa>(solver, gradient: true);
        solver.Verify(20);
        Assert.That(ledger.Outstanding, Is.Positive);
        solver.Dispose();
        solver.Dispose();
        Assert.That(ledger.Outstanding, Is.Zero, ledger.Report);
    }

    [Test]
    public void Disposal_without_a_run_gives_all_native_memory_back()
    {
        FmmSolver solver = FmmSolver.Create(default(Laplace));
        Ledger ledger = solver.World.Ledger;
        solver.Dispose();
        Assert.That(ledger.Outstanding, Is.Zero, ledger.Report);
    }

    [Test]
    public void A_report_before_any_evaluation_says_what_to_do()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace));
        Assert.That(() => solver.Report, Throws.InvalidOperationException.With.Message.Contains("evaluate first"));
    }

    [Test]
    public void A_disposed_solver_refuses_every_call()
    {
        FmmSolver solver = FmmSolver.Create(default(Laplace));
        solver.Dispose();
        Assert.That(() => solver.SetPoints([default]), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => solver.Evaluate([1], new double[1]), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => solver.Verify(1), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void A_cancelled_evaluation_leaves_the_outputs_and_the_solver_usable([Range(0, 24)] int finished)
    {
        Scene scene = Scene.Of("squares", 1500);
        FmmOptions options = new() { Order = 2, LeafCapacity = 30, Threads = 2 };
        using FmmSolver solver = FmmSolver.Create(new Yukawa(2), options);
        solver.SetPoints(scene.Sources);
        using CancellationTokenSource source = new();
        if (finished == 0) source.Cancel();
        double[] potentials = [.. Enumerable.Repeat(7.0, 1500)];
        Listener progress = new(told =>
        {
            if (told.Finished == finished) source.Cancel();
        });
        Assert.That(() => solver.Evaluate(scene.Charges, potentials, default, progress, source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(potentials, Is.All.EqualTo(7));
        solver.Evaluate(scene.Charges, potentials);
        Assert.That(potentials, Is.EqualTo(scene.Solve(new Yukawa(2), options).Potentials));
    }

    [Test]
    public void A_search_for_the_order_that_ends_half_way_goes_on_and_leaks_nothing([Values(1, 20, 25, 26, 40, 49)] int finished, [Values] bool cancelled)
    {
        // Charges that cancel in pairs: the usual order fails, so that the method is replaced once or more.
        Scene scene = Scene.Of("squares", 6000);
        double[] charges = [.. scene.Charges.Select((q, i) => (i % 2 == 0 ? 1 : -1) + (1e-3 * q))], potentials = new double[6000];
        FmmOptions options = new() { Tolerance = 1e-8, LeafCapacity = 30, Threads = 2 };
        FmmSolver solver = FmmSolver.Create(default(Laplace), options);
        HashSet<Ledger> ledgers = [solver.World.Ledger];
        using CancellationTokenSource source = new();
        int told = 0;
        Listener progress = new(_ =>
        {
            ledgers.Add(solver.World.Ledger);
            if (++told != finished) return;
            if (cancelled) source.Cancel();
            else throw new FormatException("the host's own");
        });
        solver.SetPoints(scene.Sources);
        Assert.That(
            () => solver.Evaluate(charges, potentials, default, progress, source.Token),
            cancelled ? Throws.InstanceOf<OperationCanceledException>() : Throws.InstanceOf<FormatException>());
        Assert.That(potentials, Is.All.Zero);
        Assert.That(() => solver.Verify(3), Throws.InvalidOperationException);
        solver.Evaluate(charges, potentials, default, progress);
        Assert.That(ledgers, Has.Count.GreaterThan(2));
        Assert.That(solver.Verify(6000).PotentialL2, Is.LessThan(1.1e-8));
        solver.Dispose();
        foreach (Ledger ledger in ledgers) Assert.That(ledger.Outstanding, Is.Zero, ledger.Report);
    }

    [Test]
    public void A_preparation_that_failed_is_made_anew(
        [Values(1, 1000, 2500)] int evaluations, [Values(TransferStrategy.Fft, TransferStrategy.Compressed, TransferStrategy.LowRank)] TransferStrategy transfer)
    {
        Retry(default(Laplace), evaluations, transfer);
        Retry(new Yukawa(2), evaluations, transfer);
    }

    [Test]
    public void Progress_tells_each_system_once_in_order()
    {
        List<SystemProgress> told = [];
        Scene scene = Scene.Of("cube", 2000);
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 3, LeafCapacity = 20, Threads = 3 });
        solver.SetPoints(scene.Sources);
        solver.Evaluate(scene.Charges, new double[2000], default, new Listener(told.Add));
        Assert.That(told.Select(step => step.Finished), Is.EqualTo(Enumerable.Range(1, told.Count)));
        Assert.That(told.Select(step => step.Total), Is.All.EqualTo(told.Count));
        Assert.That(told.Select(step => step.System), Is.Unique.And.Contains("M2L").And.Contains("P2P"));
        Assert.That(told[^1].System, Is.EqualTo("GatherFields"));
    }

    [Test]
    public void Two_solvers_on_two_threads_do_not_disturb_each_other()
    {
        Scene[] scenes = [Scene.Of("cube", 2000), Scene.Of("plummer", 2500)];
        FmmOptions options = new() { Order = 4, LeafCapacity = 20, Threads = 2 };
        double[][] alone = [.. scenes.Select(scene => scene.Solve(default(Laplace), options).Potentials)], beside = new double[2][];
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(i => new Thread(() =>
        {
            for (int repeat = 0; repeat < 4; repeat++) beside[i] = scenes[i].Solve(default(Laplace), options).Potentials;
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.That(beside, Is.EqualTo(alone));
    }

    [Test]
    public void A_lent_team_serves_two_solvers_one_after_the_other()
    {
        Scene scene = Scene.Of("cube", 1500);
        FmmOptions options = new() { Order = 3, LeafCapacity = 20 };
        using ThreadDispatcher team = new(2);
        using FmmSolver first = FmmSolver.Create(default(Laplace), options, team), second = FmmSolver.Create(default(Laplace), options, team);
        double[] one = scene.Solve<Laplace>(first, gradient: false).Potentials;
        first.Dispose();
        Assert.That(scene.Solve<Laplace>(second, gradient: false).Potentials, Is.EqualTo(one));
    }

    [Test]
    public void The_verification_is_the_distance_to_the_direct_sum()
    {
        Scene scene = Scene.Of("cube", "squares", 2000);
        using FmmSolver solver = FmmSolver.Create(default(Laplace), new FmmOptions { Order = 4, LeafCapacity = 30, Gradient = true });
        (double potential, double gradient) = scene.Error(default(Laplace), scene.Solve<Laplace>(solver, gradient: true), 100);
        FieldError error = solver.Verify(100);
        Assert.That(error.PotentialL2, Is.EqualTo(potential).Within(0.01).Percent);
        Assert.That(error.GradientL2, Is.EqualTo(gradient).Within(0.01).Percent);
        Assert.That(error.PotentialLinf, Is.Positive);
        Assert.That(error.Samples, Is.EqualTo(100));
    }

    private static void Retry<TKernel>(TKernel kernel, int evaluations, TransferStrategy transfer)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        Scene scene = Scene.Of("cube", 1000);
        FmmOptions options = new() { Order = 3, LeafCapacity = 20, Transfer = transfer };
        double[] expected = scene.Solve(kernel, options).Potentials;
        FmmSolver solver = FmmSolver.Create(new Failing<TKernel>(kernel), options);
        Ledger ledger = solver.World.Ledger;
        Failing<TKernel>.FailAfter(evaluations);
        Assert.That(() => scene.Solve<Failing<TKernel>>(solver, gradient: false), Throws.InvalidOperationException.With.Message.Contains("as it was told"));
        Assert.That(scene.Solve<Failing<TKernel>>(solver, gradient: false).Potentials, Is.EqualTo(expected));
        solver.Dispose();
        Assert.That(ledger.Outstanding, Is.Zero, ledger.Report);
    }
}
