using System.Numerics;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Samples;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>
/// Members of lists act from the image of the box that they stand in, against direct sums with the sources moved there. Lists are entered by
/// hand, so that members stand in any image; those that a box which repeats makes are <c>PeriodicTests</c>' business.
/// </summary>
[TestFixture(TypeArgs = [typeof(Laplace)])]
[TestFixture(TypeArgs = [typeof(Stokes)])]
public sealed class ImageTests<TKernel>
    where TKernel : unmanaged, IKernel<TKernel>
{
    [Test]
    public void P2P_takes_members_from_their_images([Values(40, 2000)] int capacity, [Values] bool shared, [Values] bool gradient, [Values] Precision precision)
    {
        if (precision == Precision.Double) Near<double, Register256<double>>(capacity, shared, gradient, 1e-13);
        else Near<float, Register256<float>>(capacity, shared, gradient, 1e-5);
    }

    [Test]
    public void Points_that_are_close_across_a_wall_keep_their_digits_in_single_precision([Values] bool shared)
    {
        Position[] points = PointClouds.Draw(default(UnitCube), 60, 3);
        points[0] = new Position(-1, 0.25, 0.5);
        points[1] = new Position(2, 0.25, 0.5);
        double[] charges = PointClouds.Charges(points.Length * TKernel.SourceComponents, 2);
        using OperatorWorld<TKernel, float, Register256<float>> world = new(
            default, 3, new TreeSettings(100), points, charges, shared ? null : [.. points]);
        world.Tree.Shape.Period = new Position(3 + 2e-6, 5, 5);
        Displace(world.World, world.Tree, self: [ListMember.Home, ListMember.Home - 1, ListMember.Home + 1]);
        world.PlanWork();
        world.NearField();
        double[] expected = new MemberField<TKernel>(default, world.World, points, charges).Of(world.Tree.Lists.U.Span, points);
        int components = TKernel.PotentialComponents;
        Assert.That(DirectField.Error(world.Field<NearField>().AsSpan(0, 2 * components), expected.AsSpan(0, 2 * components)), Is.LessThan(1e-6));
    }

    [Test]
    public void M2P_takes_members_from_their_images()
    {
        using ExpansionScene<TKernel> scene = ExpansionScene<TKernel>.Adaptive(default, 6, 40);
        TreeResources tree = scene.World.Tree;
        Repeat(tree, 4);
        for (int i = 0; i < tree.Mixed.W.Length; i++) tree.Mixed.W.Span[i] = Moved(tree.Mixed.W.Span[i], i % Morton.Directions);
        scene.World.Upward();
        scene.World.LocalsToTargets();
        scene.World.MultipolesToTargets();
        MemberField<TKernel> direct = new(default, scene.World.World, scene.World.Sources, scene.World.Charges);
        double[] field = scene.World.Field<FarField>();
        List<double> found = [], expected = [];
        foreach (Node leaf in Nodes(scene.World.World))
        {
            WList list = scene.World.World.Nodes<WList>(leaf.Level)[leaf.Row];
            int[] targets = direct.Targets(leaf);
            if (list.Count > 0) Take(direct, tree.Mixed.W.Span.Slice(list.Start, list.Count), targets, scene.World.Targets, field, gradient: false, found, expected);
        }
        Assert.That(found, Has.Count.GreaterThan(30));
        Assert.That(DirectField.Error(found.ToArray(), expected.ToArray()), Is.LessThan(1e-3));
    }

    [Test]
    public void P2L_takes_members_from_their_images()
    {
        using ExpansionScene<TKernel> scene = ExpansionScene<TKernel>.Adaptive(default, 2);
        TreeResources tree = scene.World.Tree;
        Repeat(tree, 1);
        for (int i = 0; i < tree.Mixed.X.Length; i++) tree.Mixed.X.Span[i] = Moved(tree.Mixed.X.Span[i], i % Morton.Directions);
        scene.World.SourcesToLocals();
        MemberField<TKernel> direct = new(default, scene.World.World, scene.World.Sources, scene.World.Charges);
        int points = scene.World.ExpansionSizes.Surface.Count, components = TKernel.PotentialComponents, filled = 0;
        foreach (Node node in Node.WithExpansions(scene.World.World))
        {
            XList list = scene.World.World.Nodes<XList>(node.Level)[node.Row];
            double[] field = direct.Of(
                tree.Mixed.X.Span.Slice(list.Start, list.Count), node.SurfacePoints(scene.World.ExpansionSizes.Surface, scene.World.ExpansionSizes.Ratios.Inner));
            double[] expected = [.. Enumerable.Range(0, field.Length).Select(i => field[(i % points * components) + (i / points)])];
            Assert.That(DirectField.Error(scene.World.Row<Local>(node), expected), Is.LessThan(1e-12));
            filled += list.Count;
        }
        Assert.That(filled, Is.GreaterThan(20));
    }

    [TestCase(TransferStrategy.Fft, 1e-12)]
    [TestCase(TransferStrategy.Dense, 1e-12)]
    [TestCase(TransferStrategy.Compressed, 2e-3)]
    [TestCase(TransferStrategy.LowRank, 2e-3)]
    public void M2L_takes_an_octet_from_the_direction_that_it_is_entered_for(TransferStrategy strategy, double bar)
    {
        const int Level = 2;
        using ExpansionScene<TKernel> scene = ExpansionScene<TKernel>.Uniform(default, 3, Level, strategy);
        TreeResources tree = scene.World.Tree;
        Repeat(tree, 1, even: true);
        // Two octets along each axis: around each, the other is met on either side.
        for (int place = 0; place < tree.Octets.Neighbours(Level).Length; place++)
            tree.Octets.Neighbours(Level).Span[place] = Around(place / OctetTable.NeighboursAnOctet, OctetTable.Direction(place % OctetTable.NeighboursAnOctet), out _);
        scene.World.Upward();
        scene.World.Transfer();
        int points = scene.World.ExpansionSizes.Surface.Count, components = TKernel.PotentialComponents;
        foreach (Node node in Node.Of(scene.World.World, Level).Where(node => node.TargetCount > 0).Take(12))
        {
            double[] field = new double[points * components];
            Position[] surface = node.SurfacePoints(scene.World.ExpansionSizes.Surface, scene.World.ExpansionSizes.Ratios.Inner);
            for (int direction = 0; direction < Morton.Directions; direction++)
            {
                if (direction == ListMember.Home) continue;
                Position shift = tree.Shape.Shift(Image(node.Row / 8, direction, out int octet));
                Position[] at = [.. surface.Select(point => new Position(point.X - shift.X, point.Y - shift.Y, point.Z - shift.Z))];
                for (int octant = 0; octant < 8; octant++)
                {
                    if ((OctetAdjacency.Far(node.Row % 8, direction) >> octant & 1) == 0) continue;
                    double[] one = scene.OfMultipole(new Node(scene.World.World, Level, (8 * octet) + octant), at);
                    for (int i = 0; i < field.Length; i++) field[(i % components * points) + (i / components)] += one[i];
                }
            }
            Assert.That(DirectField.Error(scene.World.Row<Local>(node), field), Is.LessThan(bar));
        }

        static int Image(int octet, int direction, out int other)
        {
            other = Around(octet, direction, out int image);
            return image;
        }
    }

    // Of a cube of 2 x 2 x 2 octets that repeats.
    private static int Around(int octet, int direction, out int image)
    {
        int other = 0, weight = 1;
        image = 0;
        for (int axis = 0; axis < 3; axis++, weight *= 3)
        {
            int place = ((octet >> axis) & 1) + (direction / weight % 3) - 1;
            other |= (place & 1) << axis;
            image += weight * ((place >> 1) + 1);
        }
        return other;
    }

    private static void Near<T, TRegister>(int capacity, bool shared, bool gradient, double bar)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        Position[] points = [.. PointClouds.Draw(default(Plummer), 900, 1), .. PointClouds.Draw(default(UnitCube), 500, 4)];
        double[] charges = PointClouds.Charges(points.Length * TKernel.SourceComponents, 2);
        using OperatorWorld<TKernel, T, TRegister> world = new(
            default, 3, new TreeSettings(capacity), points, charges, shared ? null : PointClouds.Draw(default(UnitCube), 300, 9), gradient: gradient);
        TreeResources tree = world.Tree;
        Repeat(tree, 1);
        Displace(world.World, tree, self: [ListMember.Home, 3, 23, 22, 4]);
        world.PlanWork();
        world.NearField();
        MemberField<TKernel> direct = new(default, world.World, points, charges);
        double[] field = world.Field<NearField>(), slopes = gradient ? world.Field<NearField>(slopes: true) : [];
        List<double> found = [], expected = [], foundSlopes = [], expectedSlopes = [];
        int members = 0;
        foreach (Node leaf in Nodes(world.World))
        {
            UList list = world.World.Nodes<UList>(leaf.Level)[leaf.Row];
            int[] targets = direct.Targets(leaf);
            if (list.Count == 0) continue;
            Span<ListMember> some = tree.Lists.U.Span.Slice(list.Start, list.Count);
            Take(direct, some, targets, world.Targets, field, gradient: false, found, expected);
            if (gradient) Take(direct, some, targets, world.Targets, slopes, gradient: true, foundSlopes, expectedSlopes);
            members += list.Count;
        }
        Assert.That(found, Has.Count.EqualTo(world.Targets.Length * TKernel.PotentialComponents));
        Assert.That(members, Is.GreaterThan(capacity == 40 ? 500 : 4));
        Assert.That(DirectField.Error(found.ToArray(), expected.ToArray()), Is.LessThan(bar));
        Assert.That(DirectField.Error(foundSlopes.ToArray(), expectedSlopes.ToArray()), Is.LessThan(10 * bar));
    }

    private static void Take(
        MemberField<TKernel> direct, Span<ListMember> members, int[] targets, Position[] places, double[] field, bool gradient,
        List<double> found, List<double> expected)
    {
        int components = TKernel.PotentialComponents * (gradient ? 3 : 1);
        expected.AddRange(direct.Of(members, [.. targets.Select(i => places[i])], gradient));
        found.AddRange(targets.SelectMany(i => field.AsSpan(i * components, components).ToArray()));
    }

    // Every pair of leaves in some image, seen from either in opposite ones, and every leaf with itself in these.
    private static void Displace(World world, TreeResources tree, int[] self)
    {
        List<ListMember> members = [];
        foreach (Node leaf in Nodes(world))
        {
            ref UList list = ref world.NodeChunk(new QueryDescription().WithAll<UList>(), leaf.Level).Write<UList>()[leaf.Row];
            int start = members.Count;
            foreach (ListMember member in tree.Lists.U.Span.Slice(list.Start, list.Count))
            {
                (int, int) one = (leaf.Level, leaf.Row), other = (member.Level, member.Row);
                int image = (one.CompareTo(other) < 0 ? Hash(one, other) : Hash(other, one)) % Morton.Directions;
                if (one == other) members.AddRange(self.Select(own => Moved(member, own)));
                else members.Add(Moved(member, one.CompareTo(other) < 0 ? image : Morton.Directions - 1 - image));
            }
            list = new UList { Start = start, Count = members.Count - start };
        }
        tree.Lists.U.Resize(members.Count);
        members.ToArray().CopyTo(tree.Lists.U.Span);

        static int Hash((int Level, int Row) a, (int Level, int Row) b) => (7 * a.Level) + (5 * a.Row) + (11 * b.Level) + (3 * b.Row);
    }

    private static ListMember Moved(ListMember member, int image) => new(member.Row, member.Level, image);

    // Each axis by another length, the box's edge at the least.
    private static void Repeat(TreeResources tree, double edges, bool even = false)
    {
        double edge = 2 * edges * tree.Shape.HalfWidth;
        tree.Shape.Period = even ? new Position(edge, edge, edge) : new Position(edge, 1.25 * edge, 1.5 * edge);
    }

    private static IEnumerable<Node> Nodes(World world) => Enumerable.Range(0, world.Resource<TreeShape>().Depth + 1).SelectMany(level => Node.Of(world, level));
}
