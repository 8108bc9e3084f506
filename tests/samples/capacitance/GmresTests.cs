using Fmm.Samples;
using MathNet.Numerics.LinearAlgebra;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The sample's GMRES against a direct solution.</summary>
internal sealed class GmresTests
{
    [Test]
    public void It_finds_the_solution_of_a_matrix_without_symmetry()
    {
        const int N = 60;
        Matrix<double> a = Matrix<double>.Build.Random(N, N, 1) + (12 * Matrix<double>.Build.DenseIdentity(N));
        Vector<double> b = Vector<double>.Build.Random(N, 2);
        double[] found = new double[N];
        (int products, double residual) = Gmres.Solve((x, y) => (a * Vector<double>.Build.DenseOfArray(x.ToArray())).ToArray().CopyTo(y), b.ToArray(), 1e-12, N, found);
        Vector<double> solution = Vector<double>.Build.DenseOfArray(found);
        Assert.That((solution - a.Solve(b)).L2Norm(), Is.LessThan(1e-10 * solution.L2Norm()));
        Assert.That((b - (a * solution)).L2Norm() / b.L2Norm(), Is.EqualTo(residual).Within(1e-13));
        Assert.That(products, Is.InRange(5, N));
    }

    [Test]
    public void As_many_products_as_there_are_unknowns_are_enough()
    {
        double[] found = new double[3];
        // A turn of the axes: no product before the last brings the residual down.
        (int products, double residual) = Gmres.Solve((x, y) => (y[0], y[1], y[2]) = (x[2], x[0], x[1]), [1, 0, 0], 1e-14, 10, found);
        Assert.That((products, found), Is.EqualTo((3, new double[] { 0, 0, 1 })));
        Assert.That(residual, Is.LessThan(1e-14));
    }

    [Test]
    public void Nothing_on_the_right_needs_no_product()
    {
        double[] found = [7, 7];
        Assert.That(Gmres.Solve((_, _) => Assert.Fail("a product"), [0, 0], 1e-8, 10, found), Is.EqualTo((0, 0.0)));
        Assert.That(found, Is.All.Zero);
    }

    [Test]
    public void It_ends_after_the_products_that_it_may_make()
    {
        double[] found = new double[3];
        (int products, double residual) = Gmres.Solve((x, y) => (y[0], y[1], y[2]) = (x[0], 2 * x[1], 3 * x[2]), [1, 1, 1], 1e-14, 2, found);
        Assert.That(products, Is.EqualTo(2));
        Assert.That(residual, Is.InRange(1e-3, 0.5));
    }
}
