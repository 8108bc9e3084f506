using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Flow;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The Runge-Kutta method for points that go where a field of velocities carries them.</summary>
[NonParallelizable]
internal sealed class RungeKutta4Tests
{
    private static readonly QueryDescription _bodies = new QueryDescription().WithAll<Position, Velocity, Vortex, RungeKuttaStage>();

    private record struct Vortex(double X, double Y, double Z);

    // Eight vortices that circle and drift: nothing repeats within the time of the test.
    private sealed class Flow : IDisposable
    {
        private readonly ThreadDispatcher _threads;
        private readonly Schedule<FmmStep> _schedule = new("flow");
        private readonly FmmMethod _method;

        public Flow(int count, double length, int threads = 1)
        {
            _threads = new ThreadDispatcher(threads);
            Random random = new(3);
            for (int i = 0; i < count; i++)
            {
                Entity one = World.Create(_bodies.All);
                World.Set(one, new Position(random.NextDouble(), random.NextDouble(), random.NextDouble()));
                World.Set(one, new Vortex((random.NextDouble() - 0.5) / count, random.NextDouble() / count, 1.0 / count));
            }
            World.SetResource(Clock);
            _method = FmmSchedule.Create(
                World, new BiotSavart(), new FmmOptions { Order = 4, LeafCapacity = 40 }, FmmEntities.Of(_bodies).Charges<Vortex>().Potentials<Velocity>(), _schedule);
            Integrator = new RungeKutta4(World);
            _schedule.Add(Integrator).Before<ReadEntities>();
            _schedule.Update(default, _threads);
            Clock.SetLength(length);
        }

        public World World { get; } = World.Create();

        public SimulationClock Clock { get; } = new();

        public RungeKutta4 Integrator { get; }

        public Position[] At
        {
            get
            {
                List<Position> at = [];
                foreach (ref Chunk rows in World.Query(in _bodies)) at.AddRange(rows.Read<Position>());
                return [.. at];
            }
        }

        public void Step(CancellationToken cancellation = default)
        {
            Integrator.Step(_schedule, _threads, cancellation);
            Clock.Advance();
        }

        public void Update() => _schedule.Update(default, _threads);

        public void Dispose()
        {
            _method.Dispose();
            World.Dispose();
            _threads.Dispose();
        }
    }

    [Test]
    public void Half_the_step_has_a_sixteenth_of_the_error()
    {
        Position[] exact = After(1, 256), coarse = After(1, 16), fine = After(1, 32);
        double ratio = Distance(coarse, exact) / Distance(fine, exact);
        Assert.That(Distance(fine, exact), Is.GreaterThan(1e-12), "the error is that of the steps, not of rounding");
        Assert.That(Math.Log2(ratio), Is.EqualTo(4).Within(0.4));
    }

    [Test]
    public void Steps_back_lead_to_the_start()
    {
        using Flow flow = new(8, 1.0 / 64);
        Position[] start = flow.At;
        for (int i = 0; i < 32; i++) flow.Step();
        Assert.That(Distance(flow.At, start), Is.GreaterThan(0.01), "they have moved");
        flow.Clock.SetLength(-1.0 / 64);
        for (int i = 0; i < 32; i++) flow.Step();
        Assert.That(Distance(flow.At, start), Is.LessThan(1e-5));
    }

    [Test]
    public void An_update_of_no_length_moves_nothing_and_counts_for_no_stage()
    {
        using Flow flow = new(8, 1.0 / 16), other = new(8, 1.0 / 16);
        Position[] start = flow.At;
        flow.Clock.SetLength(0);
        flow.Update();
        Assert.That(flow.At, Is.EqualTo(start));
        flow.Clock.SetLength(1.0 / 16);
        flow.Step();
        other.Step();
        Assert.That(flow.At, Is.EqualTo(other.At));
    }

    [Test]
    public void The_bits_do_not_depend_on_threads()
    {
        using Flow one = new(600, 0.01), three = new(600, 0.01, threads: 3);
        for (int i = 0; i < 3; i++) one.Step();
        for (int i = 0; i < 3; i++) three.Step();
        Assert.That(three.At, Is.EqualTo(one.At));
    }

    [Test]
    public void A_cancelled_step_is_taken_back_and_the_next_is_as_if_nothing_had_been()
    {
        using Flow flow = new(600, 0.01), other = new(600, 0.01);
        Position[] start = flow.At;
        using CancellationTokenSource cancellation = new();
        cancellation.Cancel();
        Assert.That(() => flow.Step(cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(flow.At, Is.EqualTo(start));
        using CancellationTokenSource late = new();
        using Timer timer = new(_ => late.Cancel(), null, 2, Timeout.Infinite);
        // Wherever the cancellation meets it.
        try
        {
            while (true) flow.Step(late.Token);
        }
        catch (OperationCanceledException)
        {
        }
        while (other.Clock.Steps < flow.Clock.Steps) other.Step();
        Assert.That(flow.At, Is.EqualTo(other.At));
        flow.Step();
        other.Step();
        Assert.That(flow.At, Is.EqualTo(other.At));
    }

    [Test]
    public void A_warm_step_allocates_nothing()
    {
        using Flow flow = new(600, 0.001, threads: 2);
        Assert.That(Allocations.OfWarm(() => flow.Step()), Is.Zero);
    }

    private static Position[] After(double time, int steps)
    {
        using Flow flow = new(8, time / steps);
        for (int i = 0; i < steps; i++) flow.Step();
        return flow.At;
    }

    private static double Distance(Position[] a, Position[] b) =>
        Math.Sqrt(a.Zip(b).Sum(pair => Math.Pow(pair.First.X - pair.Second.X, 2) + Math.Pow(pair.First.Y - pair.Second.Y, 2) + Math.Pow(pair.First.Z - pair.Second.Z, 2)));
}
