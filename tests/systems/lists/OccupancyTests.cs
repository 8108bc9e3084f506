using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>
/// A node that is told to hold sources, though none of this world's rows are its own, stands in lists as if it had some, and its
/// multipole, set by hand, acts through them.
/// </summary>
public sealed class OccupancyTests
{
    [Test]
    public void A_node_whose_sources_are_elsewhere_stands_in_V_and_W_lists()
    {
        using ExpansionScene<Laplace> scene = ExpansionScene<Laplace>.Adaptive(default, 4, apart: true);
        Node ghost = Ghost(scene.World.World);
        ListMembers lists = new(scene.World.Tree);
        int[] before = [.. Nodes(scene.World.World).Select(node => VCountOf(scene.World.World, node))];
        Occupy(scene, ghost);
        int seen = 0, expanded = 0, i = 0;
        foreach (Node node in Nodes(scene.World.World))
        {
            bool far = SeesByV(node, ghost), mixed = SeesByW(node, ghost);
            Assert.That(VCountOf(scene.World.World, node) - before[i++], Is.EqualTo(far ? 1 : 0));
            Assert.That(lists.W(node).Contains(ghost), Is.EqualTo(mixed));
            seen += far ? 1 : 0;
            expanded += mixed ? 1 : 0;
        }
        Assert.That(seen, Is.Positive);
        Assert.That(expanded, Is.Positive);
    }

    [Test]
    public void Its_multipole_acts_on_whom_it_stands_in_the_lists_of([Values] TransferStrategy strategy)
    {
        using ExpansionScene<Laplace> scene = ExpansionScene<Laplace>.Adaptive(default, 4, apart: true, strategy: strategy);
        Node ghost = Ghost(scene.World.World);
        Occupy(scene, ghost);
        Clear<Multipole>(scene.World.World);
        Random random = new(1);
        foreach (ref double number in scene.World.World.NodeChunk(new QueryDescription().WithBlock<Multipole, double>(), ghost.Level).WriteBlock<Multipole, double>()[ghost.Row]) number = random.NextDouble();
        scene.World.Transfer();
        foreach (Node node in Node.WithExpansions(scene.World.World).Where(node => node.TargetCount > 0))
        {
            double[] found = scene.World.Row<Local>(node);
            double[] expected = SeesByV(node, ghost)
                ? scene.OfMultipole(ghost, node.SurfacePoints(scene.World.ExpansionSizes.Surface, scene.World.ExpansionSizes.Ratios.Inner)) : new double[found.Length];
            Assert.That(DirectField.Error(found, expected), Is.LessThan(strategy is TransferStrategy.Compressed or TransferStrategy.LowRank ? 2e-3 : 1e-12));
        }
        Clear<Local>(scene.World.World);
        scene.World.LocalsToTargets();
        scene.World.MultipolesToTargets();
        double[] field = scene.World.Field<FarField>();
        for (int i = 0; i < field.Length; i++)
        {
            Position target = scene.World.Targets[i];
            double expected = Nodes(scene.World.World).Any(leaf => leaf.IsLeaf && leaf.Holds(target) && SeesByW(leaf, ghost)) ? scene.OfMultipole(ghost, [target])[0] : 0;
            Assert.That(field[i], Is.EqualTo(expected).Within(1e-12 * Math.Abs(expected)));
        }
    }

    // An empty node that leaves with targets would have in their W lists.
    private static Node Ghost(World world) => Node.WithExpansions(world).First(
        node => node.SourceCount + node.TargetCount == 0 && Nodes(world).Any(leaf => SeesByW(leaf, node)) && Nodes(world).Any(other => SeesByV(other, node)));

    private static void Occupy(ExpansionScene<Laplace> scene, Node ghost)
    {
        scene.World.World.NodeChunk(new QueryDescription().WithAll<Occupancy>(), ghost.Level).Write<Occupancy>()[ghost.Row].Sources = true;
        scene.World.BuildLists();
    }

    private static void Clear<TTag>(World world)
        where TTag : unmanaged
    {
        foreach (Node node in Nodes(world)) world.NodeChunk(new QueryDescription().WithBlock<TTag, double>(), node.Level).WriteBlock<TTag, double>()[node.Row].Clear();
    }

    private static int VCountOf(World world, Node node) => world.Nodes<VCount>(node.Level)[node.Row].Value;

    private static IEnumerable<Node> Nodes(World world) => Enumerable.Range(0, world.Resource<TreeShape>().Depth + 1).SelectMany(level => Node.Of(world, level));

    private static bool SeesByV(Node node, Node source) => node.Level == source.Level && node.TargetCount > 0 && node.SeesByV(source.Centre);

    private static bool SeesByW(Node leaf, Node source) => leaf.IsLeaf && leaf.TargetCount > 0 && leaf.Level == source.Level - 1
        && leaf.Touches(source.Centre) && !Meets(leaf, source);

    // Whether the closed boxes meet.
    private static bool Meets(Node a, Node b)
    {
        double reach = (a.HalfWidth + b.HalfWidth) * (1 + 1e-9);
        return Math.Abs(a.Centre.X - b.Centre.X) <= reach && Math.Abs(a.Centre.Y - b.Centre.Y) <= reach && Math.Abs(a.Centre.Z - b.Centre.Z) <= reach;
    }
}
