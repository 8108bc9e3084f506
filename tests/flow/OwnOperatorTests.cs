using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>Operators of a user's in the place of built-in ones, written with the public views alone: points, lists, expansions, fields.</summary>
[TestFixture(Precision.Double)]
[TestFixture(Precision.Single)]
internal sealed class OwnOperatorTests(Precision precision)
{
    [Test]
    public void A_near_field_of_the_users_own_gives_the_same_field([Values] bool gradient, [Values] bool shared) =>
        Holds(default(Laplace), gradient, shared, method => method.Schedule.Replace<P2P>(new OwnP2P<Laplace>(method, default)));

    [Test]
    public void A_near_field_of_vectors_too() =>
        Holds(default(Stokes), true, false, method => method.Schedule.Replace<P2P>(new OwnP2P<Stokes>(method, default)));

    [Test]
    public void Operators_between_particles_and_expansions_of_the_users_own_give_the_same_field([Values] bool gradient) =>
        Holds(new Yukawa(0.7), gradient, false, method =>
        {
            method.Schedule.Replace<P2L>(new OwnP2L<Yukawa>(method, new Yukawa(0.7)));
            method.Schedule.Replace<M2P>(new OwnM2P<Yukawa>(method, new Yukawa(0.7)));
        });

    [Test]
    public void What_does_not_fit_is_refused()
    {
        using World world = World.Create();
        using FmmMethod method = FmmSchedule.Create(world, default(Laplace), new FmmOptions { Order = 3, Precision = precision });
        method.Tree.Input.Set(Scene.Points("cube", 100, 1));
        method.Charges.Values.Resize(100);
        method.Schedule.Update(FmmStep.Everything);
        SourceRange all = new() { Start = 0, Count = 100 };
        Assert.That(() => method.Points.ReadSources(all, new Position[99]), Throws.ArgumentException.With.Message.Contains("not 99"));
        Assert.That(() => method.Points.ReadSources(all, new Position[100], new double[99]), Throws.ArgumentException.With.Message.Contains("99 numbers"));
        Assert.That(() => method.Points.ReadSources(all with { Start = 1 }, new Position[100]), Throws.ArgumentException.With.Message.Contains("there are 100"));
        TargetRange one = new() { Start = 99, Count = 1 };
        Assert.That(() => method.Points.SetNearFields(one, [1], [0, 0, 0]), Throws.ArgumentException.With.Message.Contains("gradients has 3 numbers"));
        Assert.That(() => method.Points.AddFarFields(one with { Start = 100 }, [1]), Throws.ArgumentException.With.Message.Contains("there are 100"));
    }

    // Adaptive, far from the origin, of another size than 1; so few points a leaf that all lists have members.
    private void Holds<TKernel>(TKernel kernel, bool gradient, bool shared, Action<FmmMethod> replace)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        Position[] sources = [.. Scene.Points("squares", 1500, 1).Select(p => new Position(70 + (8 * p.X), 8 * p.Y, 8 * p.Z))];
        Position[] targets = [.. Scene.Points("squares", 1100, 2).Select(p => new Position(70 + (8 * p.X), 8 * p.Y, 8 * p.Z))];
        double[] charges = [.. sources.SelectMany((_, i) => Enumerable.Range(0, TKernel.SourceComponents).Select(c => 100 * Math.Sin(i + c)))];
        double[] expected = Run(false), found = Run(true);
        double scale = expected.Max(Math.Abs), tolerance = (precision == Precision.Single ? 1e-5 : 1e-12) * scale;
        Assert.That(found, Is.EqualTo(expected).Within(tolerance));

        double[] Run(bool own)
        {
            using World world = World.Create();
            FmmOptions options = new() { Order = 3, LeafCapacity = 60, Gradient = gradient, Precision = precision, RootPrecision = RootPrecision.Full };
            using FmmMethod method = FmmSchedule.Create(world, kernel, options);
            if (own) replace(method);
            if (shared) method.Tree.Input.Set(sources);
            else method.Tree.Input.Set(sources, targets);
            method.Charges.Values.Resize(charges.Length);
            charges.CopyTo(method.Charges.Values.Span);
            method.Schedule.Update(FmmStep.Everything);
            return [.. method.Fields.Potentials.Span.ToArray(), .. method.Fields.Gradients.Span.ToArray()];
        }
    }

    private sealed class OwnP2P<TKernel>(FmmMethod method, TKernel kernel) : P2P(method.World)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeLinks, SourceRange, TargetRange>();
        private readonly NodeRows _rows = new();

        public override Access Access { get; } = method.Points.WriteNearFields(method.Points.GatherTargets(method.Points.GatherSources(MemberList.Declare(new Access().Gather(in _nodes)))));

        public override void Update(in FmmStep step)
        {
            _rows.Read(World.Query(in _nodes));
            for (int level = 0; level <= _rows.Depth; level++)
            {
                Chunk nodes = _rows[level];
                for (int row = 0; row < nodes.Count; row++)
                {
                    TargetRange range = nodes.Read<TargetRange>()[row];
                    if (!nodes.Read<NodeLinks>()[row].IsLeaf || range.Count == 0) continue;
                    Position[] targets = new Position[range.Count];
                    double[] potentials = new double[range.Count * TKernel.PotentialComponents], gradients = new double[method.Options.Gradient ? 3 * potentials.Length : 0];
                    method.Points.ReadTargets(range, targets);
                    foreach (ListMember member in MemberList.U(World, in nodes, row))
                    {
                        SourceRange others = _rows[member.Level].Read<SourceRange>()[member.Row];
                        Position[] sources = new Position[others.Count];
                        double[] charges = new double[others.Count * TKernel.SourceComponents];
                        method.Points.ReadSources(others, sources, charges);
                        DirectSums.Add(kernel, targets, sources, charges, potentials, gradients);
                    }
                    method.Points.SetNearFields(range, potentials, gradients);
                }
            }
        }
    }

    private sealed class OwnP2L<TKernel>(FmmMethod method, TKernel kernel) : P2L(method.World)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, SourceRange>();
        private readonly NodeRows _rows = new();

        public override Access Access { get; } = method.Points.GatherSources(MemberList.Declare(method.Expansions.WriteLocals(new Access().Gather(in _nodes))));

        public int Members { get; private set; }

        public override void Update(in FmmStep step)
        {
            _rows.Read(World.Query(in _nodes));
            Position[] surface = new Position[method.Expansions.Surface.Count];
            double[] potential = new double[method.Expansions.Sizes.CheckCount];
            foreach (ref Chunk nodes in World.Query(in _nodes).Levels(LevelOrder.TopDown))
            {
                for (int row = 0; row < nodes.Count; row++)
                {
                    ReadOnlySpan<ListMember> members = MemberList.X(World, in nodes, row);
                    if (members.IsEmpty) continue;
                    method.Expansions.Points(in nodes, row, surface);
                    method.Expansions.ReadLocal(in nodes, row, potential);
                    foreach (ListMember member in members)
                    {
                        SourceRange others = _rows[member.Level].Read<SourceRange>()[member.Row];
                        Position[] sources = new Position[others.Count];
                        double[] charges = new double[others.Count * TKernel.SourceComponents];
                        method.Points.ReadSources(others, sources, charges);
                        DirectSums.Add(kernel, surface, sources, charges, potential);
                        Members++;
                    }
                    method.Expansions.WriteLocal(in nodes, row, potential);
                }
            }
            Assert.That(Members, Is.Positive);
        }
    }

    private sealed class OwnM2P<TKernel>(FmmMethod method, TKernel kernel) : M2P(method.World)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, TargetRange>();
        private readonly NodeRows _rows = new();

        public override Access Access { get; } = method.Points.WriteFarFields(method.Points.GatherTargets(MemberList.Declare(method.Expansions.GatherMultipoles(new Access().Gather(in _nodes)))));

        public int Members { get; private set; }

        public override void Update(in FmmStep step)
        {
            _rows.Read(World.Query(in _nodes));
            Position[] surface = new Position[method.Expansions.Surface.Count];
            double[] density = new double[method.Expansions.Sizes.DensityCount];
            foreach (ref Chunk nodes in World.Query(in _nodes).Levels(LevelOrder.TopDown))
            {
                for (int row = 0; row < nodes.Count; row++)
                {
                    ReadOnlySpan<ListMember> members = MemberList.W(World, in nodes, row);
                    if (members.IsEmpty) continue;
                    TargetRange range = nodes.Read<TargetRange>()[row];
                    Position[] targets = new Position[range.Count];
                    double[] potentials = new double[range.Count * TKernel.PotentialComponents], gradients = new double[method.Options.Gradient ? 3 * potentials.Length : 0];
                    method.Points.ReadTargets(range, targets);
                    foreach (ListMember member in members)
                    {
                        Chunk finer = _rows[member.Level];
                        method.Expansions.Points(in finer, member.Row, surface);
                        method.Expansions.ReadMultipole(in finer, member.Row, density);
                        DirectSums.Add(kernel, targets, surface, density, potentials, gradients);
                        Members++;
                    }
                    method.Points.AddFarFields(range, potentials, gradients);
                }
            }
            Assert.That(Members, Is.Positive);
        }
    }
}
