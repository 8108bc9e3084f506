using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>What single precision promises where close pairs make most of the field: rounding of coordinates must not be what is left.</summary>
public sealed class SinglePrecisionTests
{
    [Test]
    public void On_a_sphere_order_8_is_below_a_millionth([Values(20, 60, 200, null)] int? leaf, [Values] bool gradient) =>
        Assert.That(Error("sphere", 20_000, 8, leaf, gradient), Is.LessThan(1e-6));

    [Test, Category("Slow")]
    public void On_a_sphere_of_100_000_points_orders_from_8_are_below_a_millionth([Values(8, 10, 12)] int order, [Values] bool gradient, [Values(60, null)] int? leaf) =>
        Assert.That(Error("sphere", 100_000, order, leaf, gradient), Is.LessThan(1e-6));

    [Test, Category("Slow")]
    public void In_a_volume_of_100_000_points_order_8_is_below_a_millionth([Values("cube", "plummer", "squares", "plane", "line")] string cloud) =>
        Assert.That(Error(cloud, 100_000, 8, null, gradient: false), Is.LessThan(1e-6));

    private static double Error(string cloud, int count, int order, int? leaf, bool gradient)
    {
        FmmOptions options = new() { Order = order, LeafCapacity = leaf, Gradient = gradient, Precision = Precision.Single };
        using FmmSolver solver = FmmSolver.Create(default(Laplace), options);
        Scene.Of(cloud, count).Solve<Laplace>(solver, gradient);
        FieldError error = solver.Verify(1000);
        TestContext.Out.WriteLine($"{error.PotentialL2:e2} {error.GradientL2:e2}");
        return error.PotentialL2;
    }
}
