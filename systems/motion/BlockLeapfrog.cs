using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The leapfrog with block time steps: each body steps 2^level times a whole step, by a level of its own, so that where few bodies need short steps, the field is computed
/// at these alone. A whole step is several updates of the schedule; after it all bodies are at the same time, and each has its field.
/// </summary>
/// <remarks>
/// <para>Each update drifts all bodies by a tick, the shortest step in use. Those whose step ends with it get the field, half a kick and, by the
/// <see cref="StepRule"/>, a new level: a finer one at any time, a coarser one where its steps begin; then half a kick of the new step. Blocks of powers of two are
/// those of Aarseth (2003, Gravitational N-Body Simulations, section 2.3), kicks and drifts of Springel (2005, MNRAS 364, 1105, section 4.2). Momentum is kept to
/// the order of the steps, not to rounding.</para>
/// <para>All bodies act, and the field is written where a step ends: the method is set up with <see cref="Points"/>. Bodies are made with a
/// <see cref="TimeLevel"/>; they get and lose <see cref="StepEnds"/>, so that their rows move. The clock has the time of whole steps.</para>
/// </remarks>
/// <example>
/// <code>
/// FmmMethod method = FmmSchedule.Create(world, kernel, options, BlockLeapfrog.Points(bodies), schedule);
/// BlockLeapfrog blocks = BlockLeapfrog.Add(schedule, world, MovingBodies.Of(bodies), 4 * Math.PI, rule, levels: 6);
/// do schedule.Update(default, threads); while (!blocks.IsWhole);
/// clock.Advance();
/// </code>
/// </example>
public sealed class BlockLeapfrog
{
    private const int MostLevels = 20;
    private readonly StepRule _rule;
    private readonly int _levels;
    private readonly int _whole;
    private int _now;
    private int _finest;

    private BlockLeapfrog(StepRule rule, int levels) => (_rule, _levels, _whole) = (rule, levels, 1 << levels);

    /// <summary>Bodies that the field was computed at, of all updates so far.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Whether all bodies are at the same time, at the end of a whole step.</summary>
    public bool IsWhole => _now % _whole == 0;

    /// <summary>The method's points: all bodies act, and those whose step ends get the field.</summary>
    /// <param name="bodies">The bodies, with what the method needs of sources and targets.</param>
    public static FmmEntities Points(in QueryDescription bodies) => FmmEntities.Of(in bodies, bodies.WithAll<StepEnds>());

    /// <summary>Adds the systems to the schedule of a method.</summary>
    /// <param name="schedule">The schedule, not built yet.</param>
    /// <param name="world">The bodies' world; it needs a <see cref="SimulationClock"/> among its resources when the schedule runs.</param>
    /// <param name="bodies">Which entities move: of them those with a <see cref="TimeLevel"/>.</param>
    /// <param name="factor">A body's acceleration over the gradient (and over charge / mass, where they are named).</param>
    /// <param name="rule">How long a body's steps may be; none is longer than the clock's length, nor shorter than that over 2^<paramref name="levels"/>.</param>
    /// <param name="levels">The finest level that there may be, 0 to 20.</param>
    /// <returns>Where it is within a whole step.</returns>
    /// <exception cref="ArgumentException">The rule is the default value, or there are too many levels.</exception>
    public static BlockLeapfrog Add(Schedule<FmmStep> schedule, World world, MovingBodies bodies, double factor, StepRule rule, int levels)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(bodies);
        ArgumentOutOfRangeException.ThrowIfNegative(levels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, MostLevels);
        rule.Require(nameof(rule));
        BlockLeapfrog blocks = new(rule, levels);
        bodies = bodies with { Query = bodies.Query.WithAll<TimeLevel>() };
        SystemHandle<FmmStep> opening = schedule.Add(new Opening(world, bodies, factor, blocks)), drift = schedule.Add(new Drift(world, bodies, blocks)).After(opening);
        schedule.Add(new Mark(world, bodies, blocks)).After(drift).Before<BeginStep>();
        schedule.Add(new Closing(world, bodies, factor, blocks)).After<WriteEntities>();
        return blocks;
    }

    /// <summary>The level of a body that may take a step: as coarse as the rule lets it, among those whose steps begin now.</summary>
    private int Level(double longest, double length)
    {
        int level = _now % _whole == 0 ? 0 : _levels - int.TrailingZeroCount(_now);
        for (double own = Math.Abs(length) / (1 << level); own > longest && level < _levels; own /= 2) level++;
        return level;
    }

    /// <summary>New levels and half a kick for those whose step begins.</summary>
    private sealed class Opening(World world, MovingBodies bodies, double factor, BlockLeapfrog blocks)
        : MotionSystem(world, bodies, "BlockKick", AccessKind.Read, AccessKind.Write, new Access().Write<TimeLevel>())
    {
        private readonly double _factor = factor;
        private double _length;

        private protected override void Begin(SimulationClock clock) => (_length, blocks._finest) = (clock.Length, 0);

        private protected override void Move(in Chunk chunk, in BodyRows rows, int first, int count)
        {
            Span<TimeLevel> levels = chunk.Write<TimeLevel>();
            bool begins = chunk.Has<StepEnds>();
            int finest = 0;
            for (int row = first; row < first + count; row++)
            {
                if (begins)
                {
                    levels[row] = new(blocks.Level(blocks._rule.Of(rows.Acceleration2(row, _factor), rows.Speed2(row)), _length));
                    rows.Kick(row, 1, _length / (2 << levels[row].Value) * _factor);
                }
                finest = Math.Max(finest, levels[row].Value);
            }
            int seen;
            while (finest > (seen = Volatile.Read(ref blocks._finest)))
                if (Interlocked.CompareExchange(ref blocks._finest, finest, seen) == seen) return;
        }

        private protected override void End(SimulationClock clock) => blocks._now = blocks._now % blocks._whole + (blocks._whole >> blocks._finest);
    }

    /// <summary>All bodies drift by a tick.</summary>
    private sealed class Drift(World world, MovingBodies bodies, BlockLeapfrog blocks) : MotionSystem(world, bodies, "BlockDrift", AccessKind.Write, AccessKind.Read)
    {
        private double _tick;

        private protected override void Begin(SimulationClock clock) => _tick = clock.Length / (1 << blocks._finest);

        private protected override void Move(in Chunk chunk, in BodyRows rows, int first, int count) => rows.Drift(first, count, _tick);
    }

    /// <summary>Marks those whose step ends; before the first step all of them.</summary>
    private sealed class Mark(World world, MovingBodies bodies, BlockLeapfrog blocks) : BaseSystem<World, FmmStep>(world)
    {
        private readonly QueryDescription _query = bodies.Rows;
        private readonly CommandBuffer _changes = new();

        public override string Name { get; } = bodies.Name.Length == 0 ? "BlockMark" : $"BlockMark {bodies.Name}";

        public override void Update(in FmmStep step)
        {
            bool all = World.Resource<SimulationClock>().Length == 0;
            foreach (ref Chunk chunk in World.Query(in _query))
            {
                bool marked = chunk.Has<StepEnds>();
                ReadOnlySpan<TimeLevel> levels = chunk.Read<TimeLevel>();
                for (int row = 0; row < levels.Length; row++)
                {
                    bool ends = all || blocks._now % (blocks._whole >> levels[row].Value) == 0;
                    if (ends) blocks.Evaluations++;
                    if (ends == marked) continue;
                    if (ends) _changes.Add<StepEnds>(chunk.Entity(row));
                    else _changes.Remove<StepEnds>(chunk.Entity(row));
                }
            }
            _changes.Playback(World);
        }
    }

    /// <summary>The other half of the kick for those whose step ends.</summary>
    private sealed class Closing(World world, MovingBodies bodies, double factor, BlockLeapfrog blocks)
        : MotionSystem(world, bodies with { Query = bodies.Query.WithAll<StepEnds>() }, "BlockClosing", AccessKind.Read, AccessKind.Write, new Access().Read<TimeLevel>())
    {
        private double _kick;

        private protected override void Begin(SimulationClock clock) => _kick = clock.Length * factor;

        private protected override void Move(in Chunk chunk, in BodyRows rows, int first, int count)
        {
            ReadOnlySpan<TimeLevel> levels = chunk.Read<TimeLevel>();
            for (int row = first; row < first + count; row++) rows.Kick(row, 1, _kick / (2 << levels[row].Value));
        }

        // A number of ticks that have gone by is 0 again at the end of a whole step: a run that is resumed there needs nothing but columns and clock.
        private protected override void End(SimulationClock clock) => blocks._now %= blocks._whole;
    }
}
