using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Flow;

/// <summary>A world of entities that are the points of a method, and the count of trees built for them.</summary>
internal sealed class EntityScene : IDisposable
{
    public static readonly QueryDescription Charged = new QueryDescription().WithAll<Position, Charge>();
    // Many tests compare bits with a fresh method's, which has no tree to follow from (FollowTests).
    public static readonly FmmOptions Options = new() { Order = 4, LeafCapacity = 20, Gradient = true, Threads = 2, FollowPoints = false };
    private readonly IThreadDispatcher? _threads;
    private readonly BuildCount _count;

    public EntityScene(FmmEntities? entities = null, FmmOptions? options = null, IThreadDispatcher? threads = null)
    {
        _threads = threads;
        Method = FmmSchedule.Create(World, default(Laplace), options ?? Options, entities ?? FmmEntities.Of(Charged), Schedule);
        Schedule.Add(_count = new BuildCount(World)).After<FollowPoints>().Before<BoundPoints>();
    }

    public World World { get; } = World.Create();

    public Schedule<FmmStep> Schedule { get; } = new("entities");

    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey>();

    public FmmMethod Method { get; }

    /// <summary>Trees that updates were made to build.</summary>
    public int Builds => _count.Builds;

    /// <summary>What the last update found changed.</summary>
    public FieldChange Change => World.Resource<StepChange>().Change;

    /// <summary>Tells whether the tree's rows are those of another time.</summary>
    public long Tree => World.NodeChunk(_nodes, 0).Archetype.Changes;

    /// <summary>Entities that are sources and targets.</summary>
    public Entity[] Add(Scene scene) =>
        [.. scene.Sources.Select((at, i) => World.Create(at, new Charge(scene.Charges[i]), new Potential(), new Gradient()))];

    public void Update(FmmStep step = default) => Schedule.Update(step, _threads);

    public double Potential(Entity entity) => World.Read<Potential>(entity).Value;

    public Gradient Gradient(Entity entity) => World.Read<Gradient>(entity);

    /// <summary>The points of a query in its order.</summary>
    public Scene Points(QueryDescription sources, QueryDescription? targets = null) =>
        new(Column<Position>(sources), [.. Column<Charge>(sources).Select(charge => charge.Value)], targets is { } other ? Column<Position>(other) : null);

    /// <summary>A component of all rows of a query in its order.</summary>
    public T[] Column<T>(QueryDescription query)
        where T : unmanaged
    {
        List<T> all = [];
        foreach (ref Chunk chunk in World.Query(query)) all.AddRange(chunk.Read<T>());
        return [.. all];
    }

    /// <summary>The field on the rows of a query, as the solver gives it.</summary>
    public (double[] Potentials, double[] Gradients) Field(QueryDescription query) => (
        [.. Column<Potential>(query).Select(one => one.Value)], [.. Column<Gradient>(query).SelectMany(one => new[] { one.X, one.Y, one.Z })]);

    public void Dispose()
    {
        Method.Dispose();
        World.Dispose();
    }

    private sealed class BuildCount(World world) : TreeSystem(world)
    {
        public int Builds { get; private set; }

        protected override Access Touched { get; } = new();

        protected override void Build() => Builds++;
    }
}
