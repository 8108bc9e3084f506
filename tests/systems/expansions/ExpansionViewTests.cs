using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Expansions as a user's system sees them: plain order, double precision, the user's units.</summary>
[TestFixture(Precision.Double)]
[TestFixture(Precision.Single)]
internal sealed class ExpansionViewTests(Precision precision)
{
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, SourceRange, TargetRange>();
    private double Tolerance => precision == Precision.Single ? 2e-3 : 1e-3;

    [Test]
    public void Densities_of_a_level_add_up_to_the_charge_of_its_points()
    {
        using FmmSolver solver = Solve(default(Laplace), 1, out Position[] points, out double[] charges);
        double total = charges.Sum(), scale = charges.Sum(Math.Abs);
        ExpansionView view = solver.Method.Expansions;
        double[] density = new double[view.Sizes.DensityCount];
        int levels = 0;
        foreach (ref Chunk nodes in solver.World.Query(in _nodes).Levels(LevelOrder.TopDown))
        {
            if (nodes.Level < 2) continue;
            double charge = 0, x = 0, dipole = 0;
            for (int row = 0; row < nodes.Count; row++)
            {
                SourceRange range = nodes.Read<SourceRange>()[row];
                if (range.Count == 0) continue;
                view.ReadMultipole(in nodes, row, density);
                charge += density.Sum();
                for (int i = 0; i < density.Length; i++) x += density[i] * (view.Point(in nodes, row, i).X - 40);
            }
            if (nodes.Level == 2)
            {
                for (int i = 0; i < points.Length; i++) dipole += charges[i] * (points[i].X - 40);
                Assert.That(charge, Is.EqualTo(total).Within(Tolerance * scale));
                Assert.That(x, Is.EqualTo(dipole).Within(Tolerance * scale * 6));
            }
            levels++;
        }
        Assert.That(levels, Is.GreaterThan(1));
    }

    [TestCase("laplace")]
    [TestCase("yukawa")]
    [TestCase("stokes")]
    public void A_density_makes_the_far_potential_of_its_sources(string kernel) => WithKernel(kernel, new FarPotential(this));

    [TestCase("laplace")]
    [TestCase("yukawa")]
    [TestCase("stokes")]
    public void A_local_is_the_potential_of_all_far_sources(string kernel) => WithKernel(kernel, new LocalPotential(this));

    [Test]
    public void What_is_written_is_read_again()
    {
        using FmmSolver solver = Solve(default(Stokes), 3, out _, out _);
        ExpansionView view = solver.Method.Expansions;
        Random random = new(3);
        double[] density = [.. Enumerable.Range(0, view.Sizes.DensityCount).Select(_ => random.NextDouble() - 0.5)];
        double[] again = new double[density.Length];
        foreach (ref Chunk nodes in solver.World.Query(in _nodes).Levels(LevelOrder.TopDown))
        {
            int row = nodes.Count / 2;
            view.WriteMultipole(in nodes, row, density);
            view.ReadMultipole(in nodes, row, again);
            Assert.That(again, Is.EqualTo(density).Within(1e-6));
            view.WriteLocal(in nodes, row, density);
            view.ReadLocal(in nodes, row, again);
            Assert.That(again, Is.EqualTo(density).Within(1e-6));
        }
        Assert.That(() => Refuse(solver.World, view), Throws.ArgumentException.With.Message.Contains("not 3"));

        static void Refuse(World world, ExpansionView view)
        {
            foreach (ref Chunk nodes in world.Query(in _nodes).Levels(LevelOrder.TopDown)) view.ReadMultipole(in nodes, 0, new double[3]);
        }
    }

    [Test]
    public void Rows_and_points_that_are_not_there_are_refused_by_number([Values(-1, -3, 0)] int beyond)
    {
        using FmmSolver solver = Solve(default(Laplace), 1, out _, out _);
        ExpansionView view = solver.Method.Expansions;
        World world = solver.World;
        foreach (ref Chunk chunk in world.Query(in _nodes).Levels(LevelOrder.TopDown))
        {
            Chunk nodes = chunk;
            int row = beyond < 0 ? beyond : nodes.Count;
            Refused(() => FarList.Of(world, in nodes, row).MoveNext(), $"has {nodes.Count} rows");
            Refused(() => _ = MemberList.U(world, in nodes, row).Length, $"has {nodes.Count} rows");
            Refused(() => _ = MemberList.W(world, in nodes, row).Length, $"has {nodes.Count} rows");
            Refused(() => _ = MemberList.X(world, in nodes, row).Length, $"has {nodes.Count} rows");
            Refused(() => view.Point(in nodes, row, 0), $"has {nodes.Count} rows");
            Refused(() => view.Points(in nodes, row, new Position[view.Surface.Count]), $"has {nodes.Count} rows");
            Refused(() => view.ReadMultipole(in nodes, row, new double[view.Sizes.DensityCount]), $"has {nodes.Count} rows");
            Refused(() => view.Point(in nodes, 0, beyond < 0 ? beyond : view.Surface.Count), "points");
        }
        Chunk hosts = world.Rows(Signature.Of(ComponentType.Of<Charge>())).Chunk;
        Assert.That(() => FarList.Of(world, in hosts, 0).MoveNext(), Throws.ArgumentException.With.Message.Contains("have no level"));

        static void Refused(Action call, string message) => Assert.That(call, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains(message));
    }

    [Test]
    public void Far_members_are_the_children_of_the_parents_colleagues_that_do_not_touch()
    {
        using FmmSolver solver = Solve(default(Laplace), 1, out _, out _);
        int members = 0;
        foreach (ref Chunk nodes in solver.World.Query(in _nodes).Levels(LevelOrder.TopDown))
        {
            ReadOnlySpan<NodeKey> keys = nodes.Read<NodeKey>();
            for (int row = 0; row < nodes.Count; row++)
            {
                (uint X, uint Y, uint Z) own = Morton.Decode(keys[row].Value);
                HashSet<int> expected = [];
                for (int other = 0; other < nodes.Count; other++)
                {
                    (uint X, uint Y, uint Z) at = Morton.Decode(keys[other].Value);
                    bool colleagues = Apart(own.X / 2, at.X / 2) <= 1 && Apart(own.Y / 2, at.Y / 2) <= 1 && Apart(own.Z / 2, at.Z / 2) <= 1;
                    bool touches = Apart(own.X, at.X) <= 1 && Apart(own.Y, at.Y) <= 1 && Apart(own.Z, at.Z) <= 1;
                    if (colleagues && !touches && nodes.Read<SourceRange>()[other].Count > 0) expected.Add(other);
                }
                foreach (FarMember member in FarList.Of(solver.World, in nodes, row))
                {
                    members++;
                    Assert.That(expected.Remove(member.Row), Is.True);
                    (uint X, uint Y, uint Z) at = Morton.Decode(keys[member.Row].Value);
                    Assert.That((member.X, member.Y, member.Z), Is.EqualTo(((int)at.X - (int)own.X, (int)at.Y - (int)own.Y, (int)at.Z - (int)own.Z)));
                }
                Assert.That(expected, Is.Empty);
            }
        }
        Assert.That(members, Is.GreaterThan(1000));

        static uint Apart(uint a, uint b) => a > b ? a - b : b - a;
    }

    // Far from the origin, wider than 1, charges of any size: what units there are must show.
    private FmmSolver Solve<TKernel>(TKernel kernel, int components, out Position[] points, out double[] charges)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        Random random = new(7);
        points = [.. Enumerable.Range(0, 1500).Select(_ => new Position(40 + (6 * random.NextDouble()), 6 * random.NextDouble(), -6 * random.NextDouble()))];
        charges = [.. Enumerable.Range(0, 1500 * components).Select(_ => 300 * (random.NextDouble() - 0.3))];
        FmmSolver solver = FmmSolver.Create(kernel, new FmmOptions { Order = 6, LeafCapacity = 20, Precision = precision, Threads = 2 });
        solver.SetPoints(points);
        solver.Evaluate(charges, new double[1500 * components]);
        return solver;
    }

    private static void WithKernel(string name, IKernelCheck check)
    {
        if (name == "laplace") check.Run(default(Laplace), 1);
        else if (name == "yukawa") check.Run(new Yukawa(0.5), 1);
        else check.Run(default(Stokes), 3);
    }

    private interface IKernelCheck
    {
        void Run<TKernel>(TKernel kernel, int components)
            where TKernel : unmanaged, IKernel<TKernel>;
    }

    private sealed class FarPotential(ExpansionViewTests owner) : IKernelCheck
    {
        public void Run<TKernel>(TKernel kernel, int components)
            where TKernel : unmanaged, IKernel<TKernel>
        {
            using FmmSolver solver = owner.Solve(kernel, components, out Position[] points, out double[] charges);
            ExpansionView view = solver.Method.Expansions;
            double[] density = new double[view.Sizes.DensityCount];
            RootCube root = solver.Method.Tree.Shape.RootCube;
            int seen = 0;
            foreach (ref Chunk nodes in solver.World.Query(in _nodes).Levels(LevelOrder.TopDown))
            {
                int row = nodes.Count / 3;
                if (nodes.Level < 2 || nodes.Read<SourceRange>()[row].Count == 0) continue;
                Position centre = NodeGeometry.Centre(root, nodes.Level, nodes.Read<NodeKey>()[row].Value);
                double width = NodeGeometry.HalfWidth(root, nodes.Level);
                Position at = new(centre.X + (5 * width), centre.Y - (4.5 * width), centre.Z + (2 * width));
                view.ReadMultipole(in nodes, row, density);
                double[] found = new double[components], expected = new double[components];
                for (int i = 0; i < view.Surface.Count; i++)
                {
                    int point = i;
                    Add(kernel, at, view.Point(in nodes, row, i), c => density[(c * view.Surface.Count) + point], found);
                }
                for (int i = 0; i < points.Length; i++)
                {
                    if (Math.Max(Math.Abs(points[i].X - centre.X), Math.Max(Math.Abs(points[i].Y - centre.Y), Math.Abs(points[i].Z - centre.Z))) > width) continue;
                    int point = i;
                    Add(kernel, at, points[i], c => charges[(components * point) + c], expected);
                }
                Assert.That(found, Is.EqualTo(expected).Within(owner.Tolerance * expected.Max(Math.Abs)), $"level {nodes.Level}");
                seen++;
            }
            Assert.That(seen, Is.GreaterThan(0));
        }
    }

    private sealed class LocalPotential(ExpansionViewTests owner) : IKernelCheck
    {
        public void Run<TKernel>(TKernel kernel, int components)
            where TKernel : unmanaged, IKernel<TKernel>
        {
            using FmmSolver solver = owner.Solve(kernel, components, out Position[] points, out double[] charges);
            ExpansionView view = solver.Method.Expansions;
            double[] potential = new double[view.Sizes.CheckCount];
            RootCube root = solver.Method.Tree.Shape.RootCube;
            int seen = 0;
            foreach (ref Chunk nodes in solver.World.Query(in _nodes).Levels(LevelOrder.TopDown))
            {
                if (nodes.Level != 2) continue;
                for (int row = 3; row < nodes.Count; row += 9)
                {
                    if (nodes.Read<TargetRange>()[row].Count == 0) continue;
                    Position centre = NodeGeometry.Centre(root, nodes.Level, nodes.Read<NodeKey>()[row].Value);
                    double width = NodeGeometry.HalfWidth(root, nodes.Level);
                    view.ReadLocal(in nodes, row, potential);
                    double[] expected = new double[components];
                    for (int i = 0; i < points.Length; i++)
                    {
                        double x = points[i].X - centre.X, y = points[i].Y - centre.Y, z = points[i].Z - centre.Z;
                        if (Math.Max(Math.Abs(x), Math.Max(Math.Abs(y), Math.Abs(z))) <= 3 * width) continue;
                        int point = i;
                        Add(kernel, view.Point(in nodes, row, 0), points[i], c => charges[(components * point) + c], expected);
                    }
                    double[] found = [.. Enumerable.Range(0, components).Select(c => potential[c * view.Surface.Count])];
                    Assert.That(found, Is.EqualTo(expected).Within(owner.Tolerance * expected.Max(Math.Abs)), $"row {row}");
                    seen++;
                }
            }
            Assert.That(seen, Is.GreaterThan(0));
        }
    }

    private static void Add<TKernel>(TKernel kernel, Position target, Position source, Func<int, double> charge, double[] sum)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        double[] block = new double[TKernel.PotentialComponents * TKernel.SourceComponents];
        TKernel.Evaluate(kernel, target.X - source.X, target.Y - source.Y, target.Z - source.Z, block);
        for (int i = 0; i < block.Length; i++) sum[i / TKernel.SourceComponents] += block[i] * charge(i % TKernel.SourceComponents);
    }
}
