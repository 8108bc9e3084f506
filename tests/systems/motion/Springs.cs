using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Systems;

/// <summary>Bodies in a field that is known at each place, stepped by an integrator without a method: its error is its own.</summary>
internal sealed class Springs : IDisposable
{
    private static readonly QueryDescription _all = new QueryDescription().WithAll<Position, Velocity, Gradient>();
    private readonly ThreadDispatcher? _threads;
    private readonly Schedule<FmmStep> _schedule = new("springs");

    /// <summary>Adds opening, field and closing.</summary>
    /// <param name="length">Length of a step.</param>
    /// <param name="halves">The integrator's opening and closing.</param>
    /// <param name="field">The gradient at a place.</param>
    /// <param name="threads">Threads; 0 for the caller's alone.</param>
    /// <param name="rule">Chooses the steps, where there is one.</param>
    public Springs(double length, Func<World, MovingBodies, (MotionSystem Opening, MotionSystem Closing)> halves, Func<Position, Gradient> field, int threads = 0, StepRule? rule = null)
    {
        Clock = new SimulationClock(length);
        World.SetResource(Clock);
        (MotionSystem opening, MotionSystem closing) = halves(World, MovingBodies.Of(_all));
        SystemHandle<FmmStep> place = _schedule.Add(opening);
        _schedule.Chain(opening, new Pull(World, field), closing);
        if (rule is { } chosen) AdaptiveStep.Add(_schedule, place, World, MovingBodies.Of(_all), 1, chosen);
        if (threads > 0) _threads = new ThreadDispatcher(threads);
    }

    public World World { get; } = World.Create();

    public SimulationClock Clock { get; }

    public Entity Add(Position at, Velocity v) => World.Create(at, v, new Gradient());

    /// <summary>Takes steps; the first call computes the first field.</summary>
    public void Run(int steps)
    {
        if (Clock.Steps == 0)
        {
            double length = Clock.Length;
            Clock.SetLength(0);
            _schedule.Update(default, _threads);
            Clock.SetLength(length);
        }
        for (int i = 0; i < steps; i++) Step();
    }

    public void Step()
    {
        _schedule.Update(default, _threads);
        Clock.Advance();
    }

    /// <summary>Places and velocities of all bodies, in their order.</summary>
    public double[] State()
    {
        List<double> state = [];
        foreach (ref Chunk chunk in World.Query(in _all))
        {
            foreach (Position at in chunk.Read<Position>()) state.AddRange([at.X, at.Y, at.Z]);
            foreach (Velocity v in chunk.Read<Velocity>()) state.AddRange([v.X, v.Y, v.Z]);
        }
        return [.. state];
    }

    public void Dispose()
    {
        _schedule.Dispose();
        _threads?.Dispose();
        World.Dispose();
    }

    private sealed class Pull(World world, Func<Position, Gradient> field) : BaseSystem<World, FmmStep>(world)
    {
        public override Access Access { get; } = new Access().Read<Position>().Write<Gradient>();

        public override void Update(in FmmStep step)
        {
            foreach (ref Chunk chunk in World.Query(in _all))
                for (int row = 0; row < chunk.Count; row++) chunk.Write<Gradient>()[row] = field(chunk.Read<Position>()[row]);
        }
    }
}
