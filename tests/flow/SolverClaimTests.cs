using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>A solver that is busy refuses every other call, and the refused call leaves no trace.</summary>
public sealed class SolverClaimTests
{
    private static readonly FmmOptions _options = new() { Order = 3, LeafCapacity = 20, Threads = 2, Gradient = true };
    private static readonly Scene _scene = Scene.Of("cube", 1500);
    private static readonly Scene _other = Scene.Of("plummer", 2000);

    private static readonly Dictionary<string, Action<FmmSolver>> _calls = new()
    {
        ["SetPoints"] = solver => solver.SetPoints(_other.Sources),
        ["SetPoints of targets"] = solver => solver.SetPoints(_other.Sources, _scene.Sources),
        ["Evaluate"] = solver => solver.Evaluate(_scene.Charges, new double[1500], new double[4500]),
        ["Verify"] = solver => solver.Verify(3),
        ["Report"] = solver => _ = solver.Report,
        ["Explain"] = solver => solver.Explain(),
        ["Invalidate"] = solver => solver.Invalidate(),
        ["Dispose"] = solver => solver.Dispose(),
    };

    private static IEnumerable<string> Calls => _calls.Keys;

    [Test]
    public void A_call_from_a_callback_is_refused_and_the_outer_answer_is_right(
        [ValueSource(nameof(Calls))] string call, [Values(1, 2, 12, 25)] int after, [Values] bool evaluatedBefore)
    {
        (double[] Potentials, double[] Gradients) expected = _scene.Solve(default(Laplace), _options);
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options);
        if (evaluatedBefore) _other.Solve<Laplace>(solver, gradient: true);
        Exception? refusal = null;
        solver.SetPoints(_scene.Sources);
        double[] potentials = new double[1500], gradients = new double[4500];
        solver.Evaluate(_scene.Charges, potentials, gradients, new Listener(told =>
        {
            if (told.Finished == after) refusal = Refusal(() => _calls[call](solver));
        }));
        Assert.That(refusal, Is.TypeOf<InvalidOperationException>());
        Assert.That(refusal!.Message, Does.StartWith(call.Split(' ')[0]).And.Contains("while Evaluate runs").And.Contains("progress callback"));
        Assert.That(potentials, Is.EqualTo(expected.Potentials));
        Assert.That(gradients, Is.EqualTo(expected.Gradients));
        Assert.That(solver.Verify(1500).PotentialL2, Is.LessThan(0.05));
        Assert.That(_scene.Solve<Laplace>(solver, gradient: true).Potentials, Is.EqualTo(expected.Potentials));
    }

    [Test]
    public void A_call_from_another_thread_is_refused_and_the_running_answer_is_right([ValueSource(nameof(Calls))] string call)
    {
        double[] expected = _scene.Solve(default(Laplace), _options).Potentials, potentials = new double[1500];
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options);
        solver.SetPoints(_scene.Sources);
        Exception? refusal = null;
        solver.Evaluate(_scene.Charges, potentials, new double[4500], new Listener(told =>
        {
            if (told.Finished != 8) return;
            Thread thread = new(() => refusal = Refusal(() => _calls[call](solver)));
            thread.Start();
            thread.Join();
        }));
        Assert.That(refusal, Is.TypeOf<InvalidOperationException>());
        Assert.That(potentials, Is.EqualTo(expected));
    }

    [Test]
    public void Threads_that_fight_for_a_solver_get_right_answers_or_a_refusal()
    {
        Scene[] scenes = [Scene.Of("cube", 300), Scene.Of("plummer", 400)];
        FmmOptions options = new() { Order = 2, LeafCapacity = 30, Threads = 1 };
        double[][] expected = [.. scenes.Select(scene => scene.Solve(default(Laplace), options).Potentials)];
        using FmmSolver solver = FmmSolver.Create(default(Laplace), options);
        int wrong = 0, right = 0, refused = 0;
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(i => new Thread(() =>
        {
            double[] potentials = new double[expected[i].Length];
            for (int repeat = 0; repeat < 3000; repeat++)
            {
                try
                {
                    solver.SetPoints(scenes[i].Sources);
                    solver.Evaluate(scenes[i].Charges, potentials);
                    Interlocked.Increment(ref potentials.AsSpan().SequenceEqual(expected[i]) ? ref right : ref wrong);
                }
                catch (Exception refusal) when (refusal is InvalidOperationException or ArgumentException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.That(wrong, Is.Zero);
        Assert.That(right, Is.Positive);
        Assert.That(right + refused, Is.EqualTo(6000));
    }

    [Test]
    public void A_refusal_that_the_callback_lets_through_ends_the_evaluation_and_nothing_else()
    {
        using FmmSolver solver = FmmSolver.Create(default(Laplace), _options);
        solver.SetPoints(_scene.Sources);
        double[] potentials = new double[1500], gradients = new double[4500];
        Assert.That(
            () => solver.Evaluate(_scene.Charges, potentials, gradients, new Listener(_ => solver.Dispose())),
            Throws.InvalidOperationException.With.Message.Contains("Dispose"));
        Assert.That(potentials, Is.All.Zero);
        solver.Evaluate(_scene.Charges, potentials, gradients);
        Assert.That(potentials, Is.EqualTo(_scene.Solve(default(Laplace), _options).Potentials));
    }

    [Test]
    public void A_claim_takes_nothing_from_the_managed_heap()
    {
        SolverClaim claim = new(typeof(FmmSolver));
        Turn(claim);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Turn(claim);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void Turn(SolverClaim claim)
    {
        using SolverClaim.Held held = claim.Take("Turn");
    }

    private static Exception? Refusal(Action call)
    {
        try
        {
            call();
            return null;
        }
#pragma warning disable CA1031 // The test says which exception is right.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }
    }
}
