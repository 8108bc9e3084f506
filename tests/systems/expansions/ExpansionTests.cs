using Fmm.Components;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>Each operator alone against direct sums over exactly the sources that it stands for.</summary>
[TestFixture(TypeArgs = [typeof(Laplace)])]
[TestFixture(TypeArgs = [typeof(Yukawa)])]
[TestFixture(TypeArgs = [typeof(Stokes)])]
[TestFixture(TypeArgs = [typeof(Skewed)])]
public sealed class ExpansionTests<TKernel>
    where TKernel : unmanaged, IKernel<TKernel>
{
    private static readonly TKernel _kernel = typeof(TKernel) == typeof(Yukawa) ? (TKernel)(object)new Yukawa(3) : default;

    private static readonly int[] _orders = [3, 5, 7];

    [Test]
    public void P2M_reproduces_its_leafs_field_outside_and_better_with_order() => FallsWithOrder([0.15, 2e-3, 2.5e-5], [0.25, 9e-3, 4e-4], order =>
    {
        using ExpansionScene<TKernel> scene = ExpansionScene<TKernel>.Uniform(_kernel, order, 2);
        scene.World.Upward();
        return MultipoleError(scene, 2);
    });

    [Test]
    public void M2M_reproduces_its_childrens_field_outside_and_better_with_order() => FallsWithOrder([0.15, 2e-3, 2.5e-5], [0.25, 9e-3, 4e-4], order =>
    {
        using ExpansionScene<TKernel> scene = ExpansionScene<TKernel>.Uniform(_kernel, order, 3);
        scene.World.Upward();
        return MultipoleError(scene, 2);
    });

    [Test]
    public void M2L_gives_the_check_potential_of_the_V_list([Values(2, 3)] int level) => FallsWithOrder([3e-2, 4e-4, 8e-6], [4e-2, 2.5e-3, 1e-3], order =>
    {
        using ExpansionScene<TKernel> scene = ExpansionScene<TKernel>.Uniform(_kernel, order, 3);
        scene.World.Upward();
        scene.World.Transfer();
        return LocalError(scene, level, (node, source) => node.SeesByV(source));
    });

    [Test]
    public void L2L_hands_the_whole_far_field_down() => FallsWithOrder([2e-2, 3e-4, 6e-6], [4e-2, 5e-3, 1e-3], order =>
    {
        using ExpansionScene<TKernel> scene = ExpansionScene<TKernel>.Uniform(_kernel, order, 3);
        scene.World.Upward();
        scene.World.Transfer();
        scene.World.Downward();
        return LocalError(scene, 3, (node, source) => !node.Touches(source));
    });

    [Test]
    public void L2P_gives_the_targets_the_field_of_all_that_is_far() => FallsWithOrder([2e-2, 2e-4, 4e-6], [4e-2, 8e-3, 2e-3], order =>
    {
        using ExpansionScene<TKernel> scene = ExpansionScene<TKernel>.Uniform(_kernel, order, 3);
        scene.World.Upward();
        scene.World.Transfer();
        scene.World.Downward();
        scene.World.LocalsToTargets();
        return FarError(scene);
    });

    // Relative L2 errors at the three orders stay below about three times what is measured.
    private static void FallsWithOrder(double[] scalar, double[] vector, Func<int, double> error)
    {
        double[] bars = TKernel.IsVector ? vector : scalar;
        double[] errors = [.. _orders.Select(error)];
        TestContext.Out.WriteLine(string.Join(" ", errors));
        for (int i = 0; i < errors.Length; i++) Assert.That(errors[i], Is.LessThan(bars[i]), $"order {_orders[i]}");
    }

    private static double MultipoleError(ExpansionScene<TKernel> scene, int level)
    {
        double worst = 0;
        foreach (Node node in Node.Of(scene.World.World, level).Where(node => node.SourceCount > 0))
        {
            Position[] outside = node.SurfacePoints(new Surface(4), 3.1);
            worst = Math.Max(worst, DirectField.Error(
                scene.OfMultipole(node, outside), scene.Direct(i => node.Holds(scene.World.Sources[i]), outside)));
        }
        return worst;
    }

    private static double LocalError(ExpansionScene<TKernel> scene, int level, Func<Node, Position, bool> takes)
    {
        List<double> found = [], expected = [];
        foreach (Node node in Node.Of(scene.World.World, level).Where((node, i) => node.TargetCount > 0 && i % 5 == 0))
        {
            found.AddRange(scene.World.Row<Local>(node));
            expected.AddRange(scene.CheckPotential(node, i => takes(node, scene.World.Sources[i])));
        }
        return DirectField.Error(found.ToArray(), expected.ToArray());
    }

    private static double FarError(ExpansionScene<TKernel> scene)
    {
        double[] field = scene.World.Field<FarField>();
        int components = TKernel.PotentialComponents;
        List<double> found = [], expected = [];
        foreach (Node node in Node.Of(scene.World.World, 3).Where(node => node.TargetCount > 0))
        {
            int[] targets = [.. Enumerable.Range(0, scene.World.Targets.Length).Where(i => node.Holds(scene.World.Targets[i]))];
            found.AddRange(targets.SelectMany(i => field.AsSpan(i * components, components).ToArray()));
            expected.AddRange(scene.Direct(i => !node.Touches(scene.World.Sources[i]), [.. targets.Select(i => scene.World.Targets[i])]));
        }
        return DirectField.Error(found.ToArray(), expected.ToArray());
    }
}
