using BenchmarkDotNet.Attributes;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>
/// A warm rebuild from points to lists, all systems in order: <c>dotnet run -c Release --project perf -- bench --filter *TreeBench*</c>.
/// </summary>
[MemoryDiagnoser]
public class TreeBench : IDisposable
{
    private ThreadDispatcher? _dispatcher;
    private Schedule<FmmStep>? _schedule;
    private World? _world;

    /// <summary>Number of points.</summary>
    [Params(100_000, 1_000_000)]
    public int Points { get; set; }

    /// <summary>Where the points are: uniform in a cube or on the surface of a sphere.</summary>
    [Params("cube", "sphere")]
    public string Cloud { get; set; } = "cube";

    /// <summary>Threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Makes the points and builds once.</summary>
    [GlobalSetup]
    public void Setup()
    {
        World world = _world = World.Create();
        TreeResources resources = new(world, new TreeSettings(150));
        resources.Layout.WithRelativePositions<float>();
        resources.Input.Set(Make());
        _dispatcher = new ThreadDispatcher(Threads);
        _schedule = new Schedule<FmmStep>("tree");
        _schedule.Chain(
            new BoundPoints(world), new EncodeKeys(world), new SortPoints(world), new SplitNodes(world), new BalanceTree(world),
            new SpawnNodes(world), new LinkColleagues(world), new BuildNearLists(world), new BuildMixedLists(world),
            new BuildFarLists(world), new PlacePoints<float>(world));
        _schedule.Build();
        Rebuild();
    }

    /// <summary>Sort, tree, lists, and the points' places.</summary>
    [Benchmark]
    public void Rebuild() => _schedule!.Update(FmmStep.Everything, _dispatcher);

    /// <summary>Frees the world.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _schedule?.Dispose();
        _dispatcher?.Dispose();
        _world?.Dispose();
        GC.SuppressFinalize(this);
    }

    private Position[] Make()
    {
        Random random = new(1);
        Position[] points = new Position[Points];
        for (int i = 0; i < points.Length; i++)
        {
            double x = random.NextDouble() - 0.5, y = random.NextDouble() - 0.5, z = random.NextDouble() - 0.5;
            double scale = Cloud == "sphere" ? 1 / Math.Sqrt((x * x) + (y * y) + (z * z)) : 1;
            points[i] = new Position(scale * x, scale * y, scale * z);
        }

        return points;
    }
}
