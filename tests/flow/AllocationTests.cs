using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>A warm evaluation takes nothing from the managed heap, on any thread.</summary>
[NonParallelizable]
public sealed class AllocationTests
{
    private static object? _kept;

    [Test]
    public void The_measure_sees_an_allocation_on_another_thread()
    {
        Thread thread = new(() => _kept = new byte[100_000]);
        long bytes = Allocations.During(() =>
        {
            thread.Start();
            thread.Join();
        });
        Assert.That(bytes, Is.GreaterThanOrEqualTo(100_000));
        Assert.That(_kept, Is.Not.Null);
    }

    [Test]
    public void Evaluating_the_same_points_again_allocates_nothing([Values] Precision precision, [Values(1, 3)] int threads) =>
        Silent(precision, threads, (solver, charges, p, g) => solver.Evaluate(charges, p, g));

    [Test]
    public void Evaluating_new_charges_allocates_nothing([Values] Precision precision) => Silent(precision, 2, (solver, charges, p, g) =>
    {
        for (int i = 0; i < charges.Length; i++) charges[i] = -charges[i];
        solver.Evaluate(charges, p, g);
    });

    [Test]
    public void Several_charge_vectors_allocate_nothing([Values] Precision precision, [Values] VectorOrder order)
    {
        double[] charges = [.. Enumerable.Range(0, 25000).Select(i => (i % 7) - 3.0)], potentials = new double[25000], gradients = new double[75000];
        Silent(precision, 2, (solver, _, _, _) => solver.Evaluate(new ChargeVectors(5, order), charges, potentials, gradients));
    }

    [Test]
    public void Rebuilding_tree_and_lists_allocates_nothing([Values] Precision precision, [Values(1, 3)] int threads) =>
        Silent(precision, threads, (solver, charges, p, g) =>
        {
            solver.Invalidate();
            solver.Evaluate(charges, p, g);
        });

    [Test]
    public void Choosing_the_leaves_for_points_that_move_allocates_nothing([Values] bool tolerance)
    {
        Scene[] scenes = [Scene.Of("plummer", 5000, seed: 1), Scene.Of("plummer", 5000, seed: 2)];
        int step = 0;
        FmmOptions options = new() { Order = tolerance ? null : 3, Tolerance = tolerance ? 1e-2 : null, Threads = 2, Gradient = true };
        Silent(options, (solver, charges, p, g) =>
        {
            solver.SetPoints(scenes[step++ % 2].Sources);
            solver.Evaluate(charges, p, g);
        });
    }

    [Test]
    public void Measuring_the_error_at_each_evaluation_allocates_nothing() => Silent(
        new FmmOptions { Tolerance = 1e-2, RequireTolerance = true, Threads = 2, Gradient = true }, (solver, charges, p, g) => solver.Evaluate(charges, p, g));

    [Test]
    public void Moving_the_points_allocates_nothing()
    {
        Scene[] scenes = [Scene.Of("plummer", 5000, seed: 1), Scene.Of("plummer", 5000, seed: 2)];
        int step = 0;
        Silent(Precision.Double, 2, (solver, charges, p, g) =>
        {
            solver.SetPoints(scenes[step++ % 2].Sources);
            solver.Evaluate(charges, p, g);
        });
    }

    [Test]
    public void The_other_transfers_allocate_nothing(
        [Values(TransferStrategy.Dense, TransferStrategy.Compressed, TransferStrategy.LowRank)] TransferStrategy strategy, [Values] Precision precision) =>
        Silent(precision, 2, (solver, charges, p, g) => solver.Evaluate(charges, p, g), strategy);

    [Test]
    public void A_step_of_entities_allocates_nothing([Values(1, 3)] int threads, [Values] bool moves)
    {
        using ThreadDispatcher dispatcher = new(threads);
        using EntityScene entities = new(options: new FmmOptions { Order = 3, Gradient = true }, threads: dispatcher);
        Entity[] all = entities.Add(Scene.Of("plummer", 5000));
        for (int i = 0; i < all.Length; i += 3) entities.World.Add<InputIndex>(all[i]); // Two archetypes.
        double side = 0.01;
        Silent(() =>
        {
            side = -side;
            for (int i = 0; moves && i < all.Length; i++) entities.World.Get<Position>(all[i]).X += side;
            entities.World.Get<Charge>(all[7]).Value += side;
            entities.Update();
        });
    }

    [Test]
    public void Making_and_destroying_entities_between_steps_allocates_nothing()
    {
        using EntityScene entities = new(options: new FmmOptions { Order = 3, Gradient = true });
        Entity[] all = entities.Add(Scene.Of("plummer", 5000));
        int next = 0;
        Silent(() =>
        {
            Position place = entities.World.Read<Position>(all[next]);
            entities.World.Destroy(all[next]);
            entities.Update();
            all[next] = entities.World.Create(place, new Charge(1), new Potential(), new Gradient());
            next = (next + 1) % 100;
            entities.Update();
        });
    }

    private static void Silent(
        Precision precision, int threads, Action<FmmSolver, double[], double[], double[]> step, TransferStrategy strategy = TransferStrategy.Fft) =>
        Silent(new() { Order = 3, LeafCapacity = 30, Gradient = true, Precision = precision, Threads = threads, Transfer = strategy }, step);

    private static void Silent(FmmOptions options, Action<FmmSolver, double[], double[], double[]> step)
    {
        Scene scene = Scene.Of("plummer", 5000);
        using FmmSolver solver = FmmSolver.Create(default(Laplace), options);
        solver.SetPoints(scene.Sources);
        double[] charges = [.. scene.Charges], p = new double[5000], g = new double[15000];
        Silent(() => step(solver, charges, p, g));
    }

    private static void Silent(Action step) => Assert.That(Allocations.OfWarm(step), Is.Zero);
}
