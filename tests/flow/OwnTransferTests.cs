using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>A host's own M2L in place of the built-in one, through the public interface: by direct sums over the members of each V list.</summary>
public sealed class OwnTransferTests
{
    [Test]
    public void An_M2L_of_the_hosts_own_does_without_the_operators_of_the_one_that_it_replaces([Values] TransferStrategy strategy)
    {
        FmmOptions options = new() { Order = 4, LeafCapacity = 10, Threads = 1, Transfer = strategy };
        Scene scene = Scene.Of("cube", 400);
        using World world = World.Create();
        using FmmMethod method = FmmSchedule.Create(world, default(Laplace), options);
        SumM2L own = new(world, method.Expansions);
        method.Schedule.Replace<M2L>(own);
        method.Schedule.Remove<PrepareTransfers>();
        method.Tree.Input.Set(scene.Sources);
        method.Charges.Values.Resize(scene.Charges.Length);
        scene.Charges.CopyTo(method.Charges.Values.Span);
        method.Schedule.Update(FmmStep.Everything);
        Assert.That(method.Schedule.Explain(), Does.Not.Contain(nameof(PrepareTransfers)));
        Assert.That(own.Members, Is.Positive);
        double[] expected = scene.Solve(default(Laplace), options with { Transfer = TransferStrategy.Dense }).Potentials;
        Assert.That(method.Fields.Potentials.Span.ToArray(), Is.EqualTo(expected).Within(1e-12 * expected.Max(Math.Abs)));
    }

    private sealed class SumM2L(World world, ExpansionView expansions) : M2L(world)
    {
        private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey>();
        private readonly double[] _density = new double[expansions.Sizes.DensityCount];
        private readonly double[] _potential = new double[expansions.Sizes.CheckCount];

        public int Members { get; private set; }

        public override Access Access { get; } = expansions.WriteLocals(expansions.GatherMultipoles(FarList.Declare(new Access())));

        public override void Update(in FmmStep step)
        {
            foreach (ref Chunk nodes in World.Query(in _nodes).Levels(LevelOrder.TopDown))
            {
                for (int row = 0; row < nodes.Count; row++)
                {
                    Array.Clear(_potential);
                    foreach (FarMember member in FarList.Of(World, in nodes, row))
                    {
                        Members++;
                        expansions.ReadMultipole(in nodes, member.Row, _density);
                        for (int i = 0; i < _potential.Length; i++)
                            for (int j = 0; j < _density.Length; j++) _potential[i] += _density[j] / (4 * Math.PI * Distance(expansions.Point(in nodes, row, i), expansions.Point(in nodes, member.Row, j)));
                    }
                    expansions.WriteLocal(in nodes, row, _potential);
                }
            }
        }

        private static double Distance(Position a, Position b) =>
            Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)) + ((a.Z - b.Z) * (a.Z - b.Z)));
    }
}
