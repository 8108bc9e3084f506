using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Flow;
using NUnit.Framework;

namespace Fmm.Tests.Systems;

/// <summary>Block time steps keep the energy as the shortest step does for all, and compute the field at far fewer bodies.</summary>
[NonParallelizable]
public sealed class BlockLeapfrogTests
{
    private const int Bodies = 120, Levels = 6;
    private const double Whole = 0.02, FourPi = 4 * Math.PI;
    private static readonly QueryDescription _all = new QueryDescription().WithAll<Position, Velocity, Mass>().WithAll<Potential, Gradient, TimeLevel>();

    [Test]
    public void Energy_is_kept_as_by_the_shortest_step_with_a_fraction_of_its_fields()
    {
        using Cluster blocks = new(Rule(0.1), Whole), shortest = new(null, Whole / 32), same = new(null, Whole / 4);
        double block = blocks.Drift(20), all = shortest.Drift(20 * 32), few = same.Drift(20 * 4);
        Assert.That(blocks.Evaluations, Is.LessThan(shortest.Evaluations / 15));
        Assert.That(block, Is.LessThan(2 * all), "as well as by the shortest step");
        Assert.That(blocks.Evaluations, Is.LessThanOrEqualTo(same.Evaluations));
        Assert.That(block, Is.LessThan(few / 100), "better than by as many fields of equal steps");
    }

    [Test]
    public void Where_all_bodies_have_one_level_it_is_the_leapfrog()
    {
        StepRule one = new(1, 1, Whole, Whole);
        using Cluster blocks = new(one, Whole), equal = new(null, Whole);
        blocks.Drift(10);
        equal.Drift(10);
        Assert.That(blocks.Evaluations, Is.EqualTo(equal.Evaluations));
        // To rounding: where targets are not the sources, pairs are added up one way.
        Assert.That(blocks.State(), Is.EqualTo(equal.State()).Within(1e-13));
    }

    [Test]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        using Cluster one = new(Rule(0.1), Whole, threads: 1), three = new(Rule(0.1), Whole, threads: 3);
        one.Drift(3);
        three.Drift(3);
        Assert.That(three.State(), Is.EqualTo(one.State()));
    }

    [Test]
    public void A_warm_step_allocates_nothing()
    {
        using Cluster cluster = new(Rule(0.1), Whole, threads: 2);
        cluster.Drift(3);
        Assert.That(Allocations.OfWarm(cluster.Step), Is.Zero);
    }

    [Test]
    public void Levels_beyond_what_a_number_counts_are_refused([Values(-1, 21)] int levels)
    {
        using World world = World.Create();
        using Schedule<FmmStep> schedule = new("refused");
        Assert.That(() => BlockLeapfrog.Add(schedule, world, MovingBodies.Of(_all), 1, Rule(0.1), levels), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => BlockLeapfrog.Add(schedule, world, MovingBodies.Of(_all), 1, default, 3), Throws.ArgumentException);
    }

    private static StepRule Rule(double accuracy) => new(accuracy, 0.01, 1e-9, 1);

    /// <summary>A ball of bodies, two of which are a close pair that needs short steps.</summary>
    private sealed class Cluster : IDisposable
    {
        private readonly World _world = World.Create();
        private readonly Schedule<FmmStep> _schedule = new("cluster");
        private readonly ThreadDispatcher _threads;
        private readonly FmmMethod _method;
        private readonly SimulationClock _clock;
        private readonly BlockLeapfrog? _blocks;
        private readonly List<Entity> _bodies = [];

        public Cluster(StepRule? rule, double length, int threads = 1)
        {
            _threads = new ThreadDispatcher(threads);
            _clock = new SimulationClock();
            _world.SetResource(_clock);
            Random random = new(3);
            // No two of these come close: on a lattice, but for a little.
            for (int i = 0; i < Bodies - 2; i++) Body(new(i / 25 + Little(), i / 5 % 5 + Little(), i % 5 + Little()), default);
            // A circle of diameter d: v = sqrt(m / (2 d)).
            double d = 0.01, v = Math.Sqrt(1.0 / Bodies / (2 * d));
            Body(new(8 - d / 2, 0, 0), new(0, -v, 0));
            Body(new(8 + d / 2, 0, 0), new(0, v, 0));
            FmmOptions options = new() { Order = 6, Gradient = true, LeafCapacity = Bodies };
            _method = FmmSchedule.Create(_world, new Laplace(), options, (rule is null ? FmmEntities.Of(_all) : BlockLeapfrog.Points(_all)).Charges<Mass>(), _schedule);
            if (rule is null) Leapfrog.Add(_schedule, _world, MovingBodies.Of(_all), FourPi);
            else _blocks = BlockLeapfrog.Add(_schedule, _world, MovingBodies.Of(_all), FourPi, rule.Value, Levels);
            _schedule.Update(default, _threads);
            _clock.SetLength(length);

            double Little() => 0.2 * random.NextDouble();
        }

        public long Evaluations => _blocks?.Evaluations ?? ((_clock.Steps + 1) * Bodies);

        /// <summary>Steps, and gives the largest relative error of the energy after a whole step.</summary>
        public double Drift(int steps)
        {
            double start = Energy(), worst = 0;
            for (int i = 0; i < steps; i++)
            {
                Step();
                worst = Math.Max(worst, Math.Abs((Energy() / start) - 1));
            }
            return worst;
        }

        public void Step()
        {
            do _schedule.Update(default, _threads);
            while (_blocks is { IsWhole: false });
            _clock.Advance();
        }

        public double[] State() => [.. _bodies.SelectMany(body => Numbers(_world.Read<Position>(body), _world.Read<Velocity>(body)))];

        public void Dispose()
        {
            _method.Dispose();
            _threads.Dispose();
            _world.Dispose();
        }

        private static double[] Numbers(Position at, Velocity v) => [at.X, at.Y, at.Z, v.X, v.Y, v.Z];

        private double Energy()
        {
            double energy = 0;
            _world.Query(_all, (ref Mass mass, ref Velocity v, ref Potential potential) =>
                energy += mass.Value / 2 * (v.X * v.X + v.Y * v.Y + v.Z * v.Z - FourPi * potential.Value));
            return energy;
        }

        private void Body(Position at, Velocity v)
        {
            Entity body = _world.Create(_all.All);
            _bodies.Add(body);
            _world.Set(body, at);
            _world.Set(body, v);
            _world.Set(body, new Mass(1.0 / Bodies));
        }
    }
}
