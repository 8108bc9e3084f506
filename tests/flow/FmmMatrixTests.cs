using Fmm.Components;
using Fmm.Systems;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>The field as a matrix: products, transposes, what stays the same and what is allocated.</summary>
public sealed class FmmMatrixTests
{
    private static readonly FmmOptions _options = new() { Order = 5, LeafCapacity = 40 };

    [Test]
    public void A_product_is_an_evaluation_to_the_last_bit()
    {
        Scene scene = Scene.Of("plummer", 3000);
        double[] expected = scene.Solve(default(Laplace), _options).Potentials, found = new double[3000];
        using FmmMatrix matrix = FmmMatrix.Create(default(Laplace), scene.Sources, _options);
        matrix.Multiply(scene.Charges, found);
        Assert.That((matrix.Rows, matrix.Columns, found), Is.EqualTo((3000, 3000, expected)));
        matrix.Multiply(found, found);
        matrix.Multiply(scene.Charges, found);
        Assert.That(found, Is.EqualTo(expected), "another product between changes nothing");
    }

    [Test]
    public void A_product_may_take_the_place_of_its_vector()
    {
        Scene scene = Scene.Of("cube", 1000);
        using FmmMatrix matrix = FmmMatrix.Create(default(Laplace), scene.Sources, _options);
        double[] apart = new double[1000], both = [.. scene.Charges];
        matrix.Multiply(scene.Charges, apart);
        matrix.Multiply(both, both);
        Assert.That(both, Is.EqualTo(apart));
    }

    [Test]
    public void Rows_and_columns_count_components()
    {
        Scene scene = Scene.Of("plummer", "cube", 400, components: 3);
        using FmmMatrix matrix = FmmMatrix.Create(default(Stokes), scene.Sources, scene.Targets, _options);
        Assert.That((matrix.Rows, matrix.Columns), Is.EqualTo((3 * scene.TargetCount, 1200)));
        using FmmMatrix pull = FmmMatrix.Create(default(Pull), scene.Sources, scene.Targets, _options);
        Assert.That((pull.Rows, pull.Columns), Is.EqualTo((3 * scene.TargetCount, 400)));
    }

    [Test]
    public void A_transpose_is_the_product_seen_from_the_other_side()
    {
        Transpose(default(Laplace), shared: true);
        Transpose(default(Laplace), shared: false);
        Transpose(new Yukawa(3), shared: false);
        Transpose(default(Stokes), shared: true);
        Transpose(default(Stokes), shared: false);
        Transpose(default(Slope), shared: true);
        Transpose(default(Slope), shared: false);
    }

    [Test]
    public void A_kernel_without_a_transpose_says_so()
    {
        using FmmMatrix matrix = FmmMatrix.Create(default(Pull), Scene.Of("cube", 50).Sources, _options);
        Assert.That(matrix.HasTranspose, Is.False);
        Assert.That(() => matrix.TransposeMultiply(new double[150], new double[50]), Throws.InvalidOperationException.With.Message.Contains("no transpose"));
    }

    [Test]
    public void With_a_tolerance_the_order_is_found_once_and_the_map_stays_linear()
    {
        Scene scene = Scene.Of("cube", 2000);
        using FmmMatrix matrix = FmmMatrix.Create(default(Laplace), scene.Sources, new FmmOptions { Tolerance = 1e-7, LeafCapacity = 40 });
        double[] ones = [.. scene.Charges.Select(_ => 1.0)], sum = [.. scene.Charges.Select(charge => charge + 1)], a = new double[2000], b = new double[2000], both = new double[2000];
        int order = matrix.Solver.Method.ExpansionSizes.Order;
        matrix.Multiply(scene.Charges, a);
        Assert.That(matrix.Solver.Verify(500).PotentialL2, Is.LessThan(1e-7));
        matrix.Multiply(ones, b);
        matrix.Multiply(sum, both);
        Assert.That(matrix.Solver.Method.ExpansionSizes.Order, Is.EqualTo(order));
        double largest = both.Max(Math.Abs);
        for (int i = 0; i < both.Length; i++) Assert.That(both[i], Is.EqualTo(a[i] + b[i]).Within(1e-13 * largest));
    }

    [Test]
    public void Warm_products_allocate_nothing()
    {
        Scene scene = Scene.Of("plummer", "cube", 1000);
        using FmmMatrix matrix = FmmMatrix.Create(default(Laplace), scene.Sources, scene.Targets, _options with { Threads = 2 });
        double[] y = new double[matrix.Rows], x = [.. scene.Charges];
        long least = long.MaxValue;
        for (int step = 0; step < 60; step++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            matrix.Multiply(x, y);
            matrix.TransposeMultiply(y, x);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
            for (int i = 0; i < x.Length; i++) x[i] = scene.Charges[i];
        }
        Assert.That(least, Is.Zero);
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        Position[] points = Scene.Of("cube", 20).Sources;
        Assert.That(() => FmmMatrix.Create(default(Laplace), points, _options with { Gradient = true }), Throws.InstanceOf<FmmOptionException>().With.Message.Contains("a matrix gives potentials alone"));
        Assert.That(() => FmmMatrix.Create(default(Laplace), points, _options with { Hessian = true }), Throws.InstanceOf<FmmOptionException>().With.Message.Contains("a matrix gives potentials alone"));
        Assert.That(() => FmmMatrix.Create(default(Laplace), []), Throws.ArgumentException);
        using FmmMatrix matrix = FmmMatrix.Create(default(Laplace), points, _options);
        Assert.That(() => matrix.Multiply(new double[19], new double[20]), Throws.ArgumentException.With.Message.Contains("charges has 19 numbers"));
        Assert.That(() => matrix.Multiply(new double[20], new double[21]), Throws.ArgumentException.With.Message.Contains("potentials has 21 numbers"));
    }

    // y.(A x) = (A^T y).x, but for what expansions leave out on either way.
    private static void Transpose<TKernel>(TKernel kernel, bool shared)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        Scene scene = shared ? Scene.Of("cube", 1500) : Scene.Of("plummer", "cube", 1500);
        using FmmMatrix matrix = shared
            ? FmmMatrix.Create(kernel, scene.Sources, _options with { Order = 8 })
            : FmmMatrix.Create(kernel, scene.Sources, scene.Targets, _options with { Order = 8 });
        Assert.That(matrix.HasTranspose, Is.True, TKernel.Name);
        double[] x = Fmm.Samples.PointClouds.Charges(matrix.Columns, 3), y = Fmm.Samples.PointClouds.Charges(matrix.Rows, 4), forward = new double[matrix.Rows], back = new double[matrix.Columns];
        matrix.Multiply(x, forward);
        matrix.TransposeMultiply(y, back);
        double there = Dot(y, forward), here = Dot(back, x), size = Math.Sqrt(Dot(y, y) * Dot(forward, forward));
        Assert.That(here, Is.EqualTo(there).Within(3e-6 * size), TKernel.Name);
        Assert.That(Math.Abs(there), Is.GreaterThan(1e-5 * size), "a product of nothing would tell nothing");
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();
}
