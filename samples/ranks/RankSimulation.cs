using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Bodies that live on ranks and move by the leapfrog in the field of all. A body is computed by the rank that owns its place; where too many stand on other ranks, they move there, with all their
/// components, and little is exchanged in the steps that follow.
/// </summary>
internal sealed class RankSimulation : IDisposable
{
    // Bodies that stand elsewhere cost a message of their place and charge there, and of their field back: not worth moving a few.
    private const double MostAway = 0.05;
    private readonly IRanks _ranks;
    private readonly QueryDescription _bodies;
    private readonly FmmSolver _solver;
    private readonly FieldOfRanks _field;
    private readonly Schedule<FmmStep> _before, _after;
    private readonly ThreadDispatcher _threads = new(1);
    private int[] _owners = [];

    /// <summary>Readies it; no field has been computed yet.</summary>
    /// <param name="name">The scene's name.</param>
    /// <param name="request">What was asked for, and the ranks.</param>
    /// <param name="world">This rank's bodies; the simulation's from now on.</param>
    /// <param name="bodies">Which they are: rows of one signature.</param>
    /// <param name="solver">The field of all ranks; the simulation's from now on.</param>
    /// <param name="step">Length of a step.</param>
    public RankSimulation(string name, SceneRequest request, World world, QueryDescription bodies, FmmSolver solver, double step)
    {
        (_ranks, _bodies, _solver, World) = (request.Ranks, bodies, solver, world);
        Clock = new SimulationClock(step);
        world.SetResource(Clock);
        _field = new FieldOfRanks(world, bodies, solver, request.Cancellation);
        (_before, _after) = (new($"{name}, before the field"), new($"{name}, after it"));
        _before.Add(Leapfrog.Opening(world, MovingBodies.Of(bodies), factor: -1));
        _after.Add(Leapfrog.Closing(world, MovingBodies.Of(bodies), factor: -1));
    }

    /// <summary>This rank's bodies.</summary>
    public World World { get; }

    /// <summary>The time.</summary>
    public SimulationClock Clock { get; }

    /// <summary>The method's order.</summary>
    public int Order => _solver.Method.ExpansionSizes.Order;

    /// <summary>Bodies of all ranks.</summary>
    public long Count => _ranks.Sum((long)World.CountEntities(_bodies));

    /// <summary>What fell to each rank in the last step.</summary>
    public IReadOnlyList<RankReport> Ranks { get; private set; } = [];

    /// <summary>The share of all bodies that stood on another rank than the one that computed them in the last step, before any of them moved.</summary>
    public double Away { get; private set; }

    /// <summary>Bodies of all ranks that have moved to another one so far.</summary>
    public long Moved { get; private set; }

    /// <summary>The first field: no time passes.</summary>
    public void Begin()
    {
        double length = Clock.Length;
        Clock.SetLength(0);
        Update();
        Clock.SetLength(length);
    }

    /// <summary>Takes one step on all ranks.</summary>
    public void Step()
    {
        Update();
        Clock.Advance();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _solver.Dispose();
        _threads.Dispose();
        World.Dispose();
    }

    private void Update()
    {
        _before.Update(default, _threads);
        _field.Compute();
        _after.Update(default, _threads);
        Ranks = _solver.GatherRanks();
        int count = World.CountEntities(_bodies);
        if (_owners.Length != count) _owners = new int[count];
        _solver.Owners(_owners);
        long[] sums = [_owners.LongCount(owner => owner != _ranks.Rank), count];
        _ranks.Sum<long>(sums);
        Away = (double)sums[0] / sums[1];
        if (Away <= MostAway) return;
        RowMigration.Move(World, _bodies.All, _owners, _ranks);
        Moved += sums[0];
        _field.Forget();
    }
}
