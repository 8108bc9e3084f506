using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// A system of an integrator, which goes over the rows of bodies: what comes before the field of a step (the opening: it moves the bodies), what comes after it
/// (the closing), or what chooses the step. It takes the length of the step from <see cref="SimulationClock"/>, a resource of the world; a step of length 0 leaves
/// everything as it is.
/// </summary>
/// <remarks>
/// Before the first step the field of the first places is needed: set the clock's length to 0, update the schedule once, and set it again.
/// Rows are cut into pieces whose number does not depend on the threads, each row is computed by itself, and nothing is allocated: a step gives the same bits on
/// any number of threads. What the bodies do next follows from their columns, the clock and what the integrator was made with.
/// </remarks>
public abstract class MotionSystem : BaseSystem<World, FmmStep>, IJob
{
    private const int RowsAPiece = 4096;
    private readonly MovingBodies _bodies;
    private readonly QueryDescription _query;
    private readonly AccessKind _positions;
    private readonly AccessKind _velocities;
    private BodyRows _rows;
    private Chunk _chunk;

    private protected MotionSystem(World world, MovingBodies bodies, string name, AccessKind positions, AccessKind velocities, Access? more = null)
        : base(world)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        (_bodies, _positions, _velocities) = (bodies, positions, velocities);
        Name = bodies.Name.Length == 0 ? name : $"{name} {bodies.Name}";
        _query = bodies.Rows;
        Access access = (more ?? new Access()).ReadResource<SimulationClock>()
            .With(bodies.Position.Type, positions).With(bodies.Velocity.Type, velocities).With(bodies.Gradient.Type, AccessKind.Read);
        if (bodies.Charge is not null) access = access.With(bodies.Charge.Type, AccessKind.Read);
        Access = bodies.Mass is null ? access : access.With(bodies.Mass.Type, AccessKind.Read);
    }

    /// <inheritdoc/>
    public sealed override string Name { get; }

    /// <inheritdoc/>
    public sealed override Access Access { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The world has no <see cref="SimulationClock"/>.</exception>
    public sealed override void Update(in FmmStep step)
    {
        SimulationClock clock = World.Resource<SimulationClock>();
        if (clock.Length == 0) return;
        Begin(clock);
        foreach (ref Chunk chunk in World.Query(in _query))
        {
            _chunk = chunk;
            _rows = new BodyRows(chunk, _bodies, _positions, _velocities);
            Jobs.For((chunk.Count + RowsAPiece - 1) / RowsAPiece, this);
        }
        End(clock);
    }

    void IJob.Execute(int unit, int worker)
    {
        int first = unit * RowsAPiece;
        Move(in _chunk, in _rows, first, Math.Min(RowsAPiece, _chunk.Count - first));
    }

    /// <summary>Puts both halves of an integrator in their places around the method.</summary>
    private protected static (SystemHandle<FmmStep> Opening, SystemHandle<FmmStep> Closing) Place(Schedule<FmmStep> schedule, MotionSystem opening, MotionSystem closing)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return (schedule.Add(opening).Before<ReadEntities>(), schedule.Add(closing).After<WriteEntities>());
    }

    /// <summary>What is the same for all rows of a step.</summary>
    private protected abstract void Begin(SimulationClock clock);

    /// <summary>Moves some rows of a chunk.</summary>
    private protected abstract void Move(in Chunk chunk, in BodyRows rows, int first, int count);

    /// <summary>All rows are done.</summary>
    private protected virtual void End(SimulationClock clock)
    {
    }
}
