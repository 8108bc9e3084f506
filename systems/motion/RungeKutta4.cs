using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The classical Runge-Kutta method of fourth order for points that go where the field carries them, dx/dt = u(x): particles in a viscous fluid
/// (<see cref="Stokes"/>), vortices (<see cref="BiotSavart"/>). A system that moves the points before the field is computed; a step is four updates of its schedule.
/// </summary>
/// <example>
/// <code>
/// QueryDescription bodies = new QueryDescription().WithAll&lt;Position, Velocity, Force, RungeKuttaStage&gt;();
/// using FmmMethod method = FmmSchedule.Create(world, new Stokes(), options, FmmEntities.Of(bodies).Charges&lt;Force&gt;().Potentials&lt;Velocity&gt;(), schedule);
/// RungeKutta4 integrator = new(world);
/// schedule.Add(integrator).Before&lt;ReadEntities&gt;();
/// world.SetResource(new SimulationClock(0.01));
/// integrator.Step(schedule, threads);
/// </code>
/// </example>
/// <remarks>
/// <para>With k1 = u(x), k2 = u(x + h/2 k1), k3 = u(x + h/2 k2), k4 = u(x + h k3), a step of length h leads to x + h/6 (k1 + 2 k2 + 2 k3 + k4) with a local error of h^5
/// (Hairer, Norsett and Wanner 1993, Solving Ordinary Differential Equations I, table 1.2). k1 is the velocity that the last step ended with: a step computes the field
/// three times on the way and once where it ends, so that between steps each point has the velocity of its place.</para>
/// <para>The points are all rows with <see cref="Position"/>, <see cref="Velocity"/> and <see cref="RungeKuttaStage"/>. The velocity is what the last update
/// wrote: name it by <see cref="FmmEntities.Potentials{T}"/>, or have a system of yours make it of the field after <see cref="WriteEntities"/>. A point made between two steps
/// starts with the velocity that it is given; an update while the clock's length is 0 computes it, and moves nothing.</para>
/// <para>The length is that of the world's <see cref="SimulationClock"/>, the same in all four updates; negative runs backwards. Who steps advances the clock. It runs on one thread
/// at a few nanoseconds a point, allocates nothing, and gives the same bits for any number of threads.</para>
/// </remarks>
/// <param name="world">The world of points and clock.</param>
public sealed class RungeKutta4(World world) : BaseSystem<World, FmmStep>(world)
{
    private static readonly QueryDescription _points = new QueryDescription().WithAll<Position, Velocity, RungeKuttaStage>();
    private int _stage;
    private bool _isStale;

    /// <inheritdoc/>
    public override Access Access { get; } = new Access().Write<Position>().Read<Velocity>().Write<RungeKuttaStage>().ReadResource<SimulationClock>();

    /// <summary>Takes one step: four updates of the schedule.</summary>
    /// <param name="schedule">The schedule that the system is in, before <see cref="ReadEntities"/>. It must have been updated with a clock's length of 0, or by a step before.</param>
    /// <param name="threads">Threads; null: only the calling one.</param>
    /// <param name="cancellation">Ends the step early.</param>
    /// <exception cref="OperationCanceledException">It was cancelled. After this and any other failure the points are where the step began, and the next step computes their
    /// velocities anew.</exception>
    public void Step(Schedule<FmmStep> schedule, IThreadDispatcher? threads = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        SimulationClock clock = World.Resource<SimulationClock>();
        double length = clock.Length;
        if (_isStale)
        {
            clock.SetLength(0);
            try
            {
                schedule.Update(default, threads, cancellation);
            }
            finally
            {
                clock.SetLength(length);
            }
            _isStale = false;
        }

        _stage = 0;
        try
        {
            for (int stage = 0; stage < 4; stage++) schedule.Update(default, threads, cancellation);
        }
        catch
        {
            if (_stage > 0) GoBack();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        double length = World.Resource<SimulationClock>().Length;
        if (length == 0) return;
        int stage = _stage++ % 4;
        // How far along a velocity the next place lies, and how often this one's counts.
        (double reach, double weight) = stage switch
        {
            0 => (length / 2, 1.0),
            1 => (length / 2, 2.0),
            2 => (length, 2.0),
            _ => (length / 6, 1.0),
        };
        foreach (ref Chunk rows in World.Query(in _points)) Move(rows.Write<Position>(), rows.Read<Velocity>(), rows.Write<RungeKuttaStage>(), stage, reach, weight);
    }

    private static void Move(Span<Position> at, ReadOnlySpan<Velocity> velocity, Span<RungeKuttaStage> stages, int stage, double reach, double weight)
    {
        for (int row = 0; row < at.Length; row++)
        {
            Velocity k = velocity[row];
            ref RungeKuttaStage own = ref stages[row];
            if (stage == 0) own = new RungeKuttaStage { Start = at[row], Sum = k };
            else own.Sum = new(own.Sum.X + (weight * k.X), own.Sum.Y + (weight * k.Y), own.Sum.Z + (weight * k.Z));
            Velocity along = stage == 3 ? own.Sum : k;
            at[row] = new(own.Start.X + (reach * along.X), own.Start.Y + (reach * along.Y), own.Start.Z + (reach * along.Z));
        }
    }

    // After a failure that the points have moved towards.
    private void GoBack()
    {
        foreach (ref Chunk rows in World.Query(in _points))
        {
            Span<Position> at = rows.Write<Position>();
            ReadOnlySpan<RungeKuttaStage> stages = rows.Read<RungeKuttaStage>();
            for (int row = 0; row < at.Length; row++) at[row] = stages[row].Start;
        }
        _stage = 0;
        _isStale = true;
    }
}
