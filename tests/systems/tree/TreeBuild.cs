using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Tree;

/// <summary>A world with the systems from points to lists in one schedule.</summary>
internal sealed class TreeBuild : IDisposable
{
    private readonly Schedule<FmmStep> _schedule = new("tree");
    private readonly IThreadDispatcher? _dispatcher;

    public TreeBuild(TreeSettings settings, IThreadDispatcher? dispatcher = null)
    {
        _dispatcher = dispatcher;
        Resources = new TreeResources(World, settings);
        Resources.Layout.WithRelativePositions<double>();
        BuildNearLists near = new(World);
        BuildMixedLists mixed = new(World);
        BuildFarLists far = new(World);
        PlacePointsIn<double> place = new(World);
        LinkColleagues link = new(World);
        SpawnNodes spawn = new(World);
        _schedule.Chain(
            new BeginStep(World), new BoundPoints(World), new EncodeKeys(World), new SortPoints(World), new SplitNodes(World), new BalanceTree(World), spawn, link, near, mixed);
        _schedule.Add(far).After(link);
        _schedule.Add(place).After(spawn);
        _schedule.Build();
    }

    public World World { get; } = World.Create();

    public TreeResources Resources { get; }

    public TreeShape Shape => Resources.Shape;

    public static TreeBuild Of(TreeSettings settings, Position[] sources, Position[]? targets = null)
    {
        TreeBuild build = new(settings);
        build.Set(sources, targets);
        build.Update();
        return build;
    }

    public void Set(Position[] sources, Position[]? targets = null)
    {
        if (targets is null)
        {
            Resources.Input.Set(sources);
        }
        else
        {
            Resources.Input.Set(sources, targets);
        }
    }

    public void Update(bool pointsChanged = true) => _schedule.Update(pointsChanged ? FmmStep.Everything : FmmStep.Charges, _dispatcher);

    public ReadOnlySpan<T> Nodes<T>(int level) where T : unmanaged => World.Nodes<T>(level);

    /// <summary>The tree in the model's terms: the input rows of a node's sources or targets.</summary>
    public int[] Inputs(int start, int count, bool targets)
    {
        ReadOnlySpan<InputIndex> index = targets ? World.Points<TargetTag, InputIndex>() : World.Points<SourceTag, InputIndex>();
        return [.. index.Slice(start, count).ToArray().Select(i => i.Value).Order()];
    }

    public void Dispose()
    {
        _schedule.Dispose();
        World.Destroy(World);
    }
}
