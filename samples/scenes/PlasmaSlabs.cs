using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Electrons over a uniform background of ions, in a box that repeats along all axes: plane slabs of them are moved to and fro, and swing back by their own field.
/// With charge, mass, density and the constant of the field all 1, so do they at the plasma frequency sqrt(n q^2 / (epsilon m)) = 1 (Langmuir and Tonks 1929, Phys. Rev. 33, 195).
/// Electrons start at rest on a body-centred lattice, which holds together by itself: a cold plasma, whose waves are slower by 0.04 (k a)^2 where a is
/// the radius of the ball that each electron has for itself (Golden and Kalman 2000, Phys. Plasmas 7, 14).
/// </summary>
public sealed class PlasmaSlabs : MovingScene
{
    private const double Displaced = 0.1;
    private static readonly QueryDescription _electrons = new QueryDescription().WithAll<Position, Velocity, Mass>().WithAll<Charge, Potential, Gradient>();

    /// <inheritdoc/>
    public override string Name => "plasma";

    /// <inheritdoc/>
    public override string Description => "slabs of electrons swing over their ions, in a periodic box: Langmuir's frequency (2 * 8^3 electrons)";

    /// <inheritdoc/>
    public override Simulation Build(SceneRequest request)
    {
        int cells = Math.Max(1, (int)Math.Round(Math.Cbrt((request.Count ?? 1024) / 2.0))), count = 2 * cells * cells * cells;
        double cell = Math.Cbrt(2), edge = cells * cell, wave = 2 * Math.PI / edge;
        FmmOptions options = FieldRun.Options(request.Settings) with { Gradient = true, Periodic = PeriodicBox.Cube(edge) };
        request.Guard?.Check($"{Name} with {count} electrons", MemoryEstimate.Of(new Laplace(), options, count), 300.0 * count, count);
        World world = World.Create();
        Xoshiro256 random = new(request.Seed);
        for (int i = 0; i < count; i++)
        {
            // Sites and those in the middle between eight of them; a little at random, as no plasma is without.
            int site = i / 2;
            double middle = i % 2 == 0 ? 0.25 : 0.75, x = (site / cells / cells + middle) * cell;
            Entity electron = world.Create(_electrons.All);
            world.Set(electron, new Position(x + Displaced * Math.Sin(wave * x) + Little(), (site / cells % cells + middle) * cell + Little(), (site % cells + middle) * cell + Little()));
            world.Set(electron, new Charge(-1));
            world.Set(electron, new Mass(1));
        }

        SimulationClock clock = new(0.15);
        world.SetResource(clock);
        Schedule<FmmStep> schedule = new(Name);
        FmmMethod method = FmmSchedule.Create(world, new Laplace(), options, FmmEntities.Of(_electrons), schedule);
        var leapfrog = Leapfrog.Add(schedule, world, MovingBodies.Of(_electrons).Charges<Charge>().Masses<Mass>(), factor: -1);
        Swing swing = new(world, wave);
        schedule.Add(swing).After(leapfrog.Closing);
        Invariant energy = new("energy", () => Sums(world).Energy);
        double start = double.NaN, slowing = wave * wave * Math.Pow(3 / (4 * Math.PI), 2.0 / 3) / 25;
        return new Simulation
        {
            Name = Name,
            Method = method,
            Bodies = _electrons,
            Clock = clock,
            Threads = new ThreadDispatcher(options.Threads),
            Head = [("electrons", count), ("edge", edge)],
            Invariants = [new("energy_drift", Drift), new("current", () => swing.Current)],
            // A wave of fewer than four cells is one of the lattice, no more of a plasma.
            Checks = _ => cells >= 4 && swing.Frequency is double frequency
                ? [Change(), new("frequency", frequency, 1 - slowing, 0.02, "the plasma frequency, less 0.04 (k a)^2,")]
                : [Change()],
        };

        double Little() => random.Between(-0.01, 0.01);

        SceneCheck Change() => new("energy's change over that of the wave", Drift(), 0, 0.01, "the leapfrog's order 2");

        // Over the wave's own energy, n (w d)^2 / 4 with w = 1: the lattice's, which does not change, is far larger.
        double Drift()
        {
            double now = energy.Now();
            if (double.IsNaN(start)) start = now;
            return (now - start) / (count * Displaced * Displaced / 4);
        }
    }

    private static BodySums Sums(World world) => BodySums.Of<Charge>(world, in _electrons, factor: -1);

    /// <summary>The part of the electrons' speed that goes with the wave, and the times at which it is 0: twice a period.</summary>
    private sealed class Swing(World world, double wave) : BaseSystem<World, FmmStep>(world)
    {
        private double _first = double.NaN;
        private double _last;
        private int _crossings;

        public override string Name => "MeasureCurrent";

        public override Access Access { get; } = new Access().Read<Position>().Read<Velocity>().ReadResource<SimulationClock>();

        public double Current { get; private set; }

        /// <summary>By the first and the last of those times; null before there are two.</summary>
        public double? Frequency => _crossings < 2 ? null : Math.PI * (_crossings - 1) / (_last - _first);

        public override void Update(in FmmStep step)
        {
            SimulationClock clock = World.Resource<SimulationClock>();
            double sum = 0, before = Current;
            int count = 0;
            foreach (ref Chunk chunk in World.Query(in _electrons))
            {
                ReadOnlySpan<Position> at = chunk.Read<Position>();
                ReadOnlySpan<Velocity> v = chunk.Read<Velocity>();
                for (int row = 0; row < v.Length; row++) sum += v[row].X * Math.Sin(wave * at[row].X);
                count += chunk.Count;
            }
            Current = sum / count;
            if (before * Current >= 0) return;
            _last = clock.Time + clock.Length * before / (before - Current);
            if (_crossings++ == 0) _first = _last;
        }
    }
}
