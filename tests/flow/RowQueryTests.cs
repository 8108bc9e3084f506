using System.Reflection;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>Every system of the method takes the rows that it touches from queries that it declares.</summary>
internal sealed class RowQueryTests
{
    // Systems that look at no rows where their lists are empty, or that look at none at all.
    private static readonly string[] _idle = ["P2L", "M2P", "ActOnOutliers", "BeginStep", "BoundPoints", "CheckInput", "EncodeKeys", "SortPoints", "PrepareOperators", "PrepareTransfers", "ClearLeftOut", "ReadEntities", "WriteEntities", "Background", nameof(FollowPoints), nameof(HandOverPoints)];

    // Systems that a method has over ranks alone; tests/flow/ranks runs them.
    private static readonly string[] _ofRanks =
    [
        "PartitionPoints", "SendCharges", "FindGhosts", "AdoptGhosts", "RequestSources", "RequestMultipoles", "MeasureWork", "PostGhostCharges", "AwaitGhostCharges", "PostMultipoles", "AwaitMultipoles", "ReturnFields",
    ];

    private static IEnumerable<MethodInfo> Systems => typeof(FmmParts).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(method => method.ReturnType.IsAssignableTo(typeof(BaseSystem<World, FmmStep>)));

    private static IEnumerable<string> Names => Systems.Select(method => method.Name);

    private static IEnumerable<string> Busy => Names.Except(_idle).Except(_ofRanks);

    [Test]
    public void The_method_has_all_its_systems_here() => Assert.That(Names.Count(), Is.EqualTo(48));

    [TestCaseSource(nameof(Names))]
    public void What_a_system_touches_of_nodes_and_points_its_queries_name(string name)
    {
        foreach (TransferStrategy strategy in Enum.GetValues<TransferStrategy>())
        {
            using World world = World.Create();
            FmmParts parts = Parts(world, strategy, name);
            using BaseSystem<World, FmmStep> system = Make(parts, name);
            TreeLayout layout = world.Resource<TreeLayout>();
            string[] columns = [.. new[] { layout.Nodes, layout.Sources, layout.Targets, layout.Shared }.SelectMany(rows => rows.Signature.Types.ToArray()).Select(type => type.Name)];
            string[] named = [.. system.Access.Queries.ToArray().SelectMany(query => query.All.Types.ToArray()).Select(type => type.Name)];
            Assert.That(Touched(system.Access).Intersect(columns).Except(named), Is.Empty);
        }
    }

    [TestCaseSource(nameof(Busy))]
    public void Without_rows_that_its_queries_find_a_system_goes_no_further(string name)
    {
        using World world = World.Create();
        using BaseSystem<World, FmmStep> system = Make(Parts(world, TransferStrategy.Fft, name), name);
        Assert.That(() => system.Update(FmmStep.Everything), Throws.InvalidOperationException.With.Message.StartsWith("There are no "));
    }

    [Test]
    public void Components_of_a_host_on_nodes_and_its_own_entities_with_keys_change_nothing([Values] bool apart)
    {
        Scene scene = apart ? Scene.Of("plummer", "cube", 3000) : Scene.Of("plummer", 3000);
        double[] expected = Evaluate(scene, host: false);
        Assert.That(Evaluate(scene, host: true), Is.EqualTo(expected));
    }

    private static double[] Evaluate(Scene scene, bool host)
    {
        using World world = World.Create();
        using FmmMethod method = FmmSchedule.Create(world, default(Laplace), new FmmOptions { Order = 4, LeafCapacity = 40 });
        if (host)
        {
            method.Tree.Layout.Nodes.With<HostMark>();
            for (int i = 0; i < 9; i++) world.Create(new NodeKey { Value = 5 }, new NodeLinks { Parent = 77, FirstChild = 77 }, new SourceRange { Count = 99 }, new TargetRange { Count = 99 });
        }
        if (scene.Targets is null) method.Tree.Input.Set(scene.Sources);
        else method.Tree.Input.Set(scene.Sources, scene.Targets);
        method.Charges.Values.Resize(scene.Charges.Length);
        scene.Charges.CopyTo(method.Charges.Values.Span);
        method.Schedule.Update(FmmStep.Everything);
        method.Schedule.Update(FmmStep.Charges);
        Assert.That(world.CountEntities(new QueryDescription().WithAll<HostMark>()), Is.EqualTo(host ? method.Tree.Shape.TotalRows : 0));
        return method.Fields.Potentials.Span.ToArray();
    }

    private static FmmParts Parts(World world, TransferStrategy strategy, string name) => FmmParts.Create(
        world, default(Laplace), new FmmOptions
        {
            Order = 4,
            Transfer = strategy,
            Gradient = true,
            Hessian = name == "ComputeHessians",
            Periodic = name is "FarImages" or "Background" ? PeriodicBox.Cube(1) : null,
        },
        FmmEntities.Of(new QueryDescription().WithAll<Position, Charge>()),
        _ofRanks.Contains(name) ? new SilentRank() : null);

    private static BaseSystem<World, FmmStep> Make(FmmParts parts, string name) =>
        (BaseSystem<World, FmmStep>)Systems.Single(method => method.Name == name).Invoke(parts, null)!;

    // Rows that a system makes it knows without asking.
    private static string[] Touched(Access access) => [.. access.ToString().Split("; ").Where(part => !part.StartsWith("creates ", StringComparison.Ordinal))
        .SelectMany(part => part[part.IndexOf(' ', StringComparison.Ordinal)..].Split(", ", StringSplitOptions.TrimEntries))];

    private struct HostMark;

    /// <summary>One of two ranks, of which nobody hears anything.</summary>
    private sealed unsafe class SilentRank : IRanks
    {
        public string Name => "silent";

        public int Rank => 0;

        public int Count => 2;

        public RankTraffic Traffic => default;

        public void Barrier() => throw new NotSupportedException();

        public void Gather(void* own, long count, int elementBytes, void* all) => throw new NotSupportedException();

        public void Exchange(void* send, ReadOnlySpan<long> sendCounts, void* receive, ReadOnlySpan<long> receiveCounts, int elementBytes) => throw new NotSupportedException();

        public RankMessage Send(void* data, long count, int elementBytes, int to, int tag) => throw new NotSupportedException();

        public RankMessage Receive(void* data, long count, int elementBytes, int from, int tag) => throw new NotSupportedException();

        public bool IsDone(RankMessage message) => throw new NotSupportedException();

        public void Wait(RankMessage message) => throw new NotSupportedException();

        public void Fail(string reason) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
