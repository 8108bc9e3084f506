using Fmm.Components;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>The operators of the W, X and U lists on a tree that has them, each against direct sums over the lists' members.</summary>
[TestFixture(TypeArgs = [typeof(Laplace)])]
[TestFixture(TypeArgs = [typeof(Yukawa)])]
[TestFixture(TypeArgs = [typeof(Stokes)])]
public sealed class AdaptiveListTests<TKernel>
    where TKernel : unmanaged, IKernel<TKernel>
{
    private static readonly TKernel _kernel = typeof(TKernel) == typeof(Yukawa) ? (TKernel)(object)new Yukawa(3) : default;

    [Test]
    public void P2L_adds_exactly_the_sources_of_the_X_list()
    {
        using ExpansionScene<TKernel> scene = ExpansionScene<TKernel>.Adaptive(_kernel, 2);
        scene.World.SourcesToLocals();
        ListMembers lists = new(scene.World.Tree);
        int filled = 0;
        foreach (Node node in Node.WithExpansions(scene.World.World))
        {
            Node[] members = lists.X(node);
            double[] expected = scene.CheckPotential(node, i => members.Any(member => member.Holds(scene.World.Sources[i])));
            Assert.That(DirectField.Error(scene.World.Row<Local>(node), expected), Is.LessThan(1e-13));
            filled += members.Length;
        }
        Assert.That(filled, Is.GreaterThan(20));
    }

    [Test]
    public void M2P_gives_the_targets_the_field_of_the_W_list()
    {
        using ExpansionScene<TKernel> scene = ExpansionScene<TKernel>.Adaptive(_kernel, 6, 40);
        scene.World.Upward();
        scene.World.LocalsToTargets();
        Assert.That(scene.World.Field<FarField>(), Is.All.EqualTo(0));
        scene.World.MultipolesToTargets();
        Compare(scene, scene.World.Field<FarField>(), (lists, leaf) => lists.W(leaf), 1e-3);
    }

    [Test]
    public void P2P_gives_the_targets_the_field_of_the_U_list()
    {
        using ExpansionScene<TKernel> scene = ExpansionScene<TKernel>.Adaptive(_kernel, 4);
        scene.World.NearField();
        Compare(scene, scene.World.Field<NearField>(), (lists, leaf) => lists.U(leaf), 1e-14);
    }

    private static void Compare(
        ExpansionScene<TKernel> scene, double[] field, Func<ListMembers, Node, Node[]> membersOf, double bar)
    {
        ListMembers lists = new(scene.World.Tree);
        int components = TKernel.PotentialComponents;
        List<double> found = [], expected = [];
        foreach (Node leaf in Enumerable.Range(0, scene.Shape.Depth + 1).SelectMany(level => Node.Of(scene.World.World, level)))
        {
            if (!leaf.IsLeaf || leaf.TargetCount == 0) continue;
            Node[] members = membersOf(lists, leaf);
            int[] targets = [.. Enumerable.Range(0, scene.World.Targets.Length).Where(i => leaf.Holds(scene.World.Targets[i]))];
            if (members.Length == 0) continue;
            found.AddRange(targets.SelectMany(i => field.AsSpan(i * components, components).ToArray()));
            expected.AddRange(scene.Direct(
                i => members.Any(member => member.Holds(scene.World.Sources[i])), [.. targets.Select(i => scene.World.Targets[i])]));
        }
        double error = DirectField.Error(found.ToArray(), expected.ToArray());
        TestContext.Out.WriteLine($"{found.Count} {error}");
        Assert.That(found, Has.Count.GreaterThan(20));
        Assert.That(error, Is.LessThan(bar));
    }
}
