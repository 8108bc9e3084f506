using Fmm.Components;
using Fmm.Engine;
using Fmm.Samples;
using Fmm.Systems;
using Fmm.Tests.Operators;
using NUnit.Framework;
using Scene = Fmm.Tests.Flow.Scene;

namespace Fmm.Tests.Kernels;

/// <summary>Kernels as users write them, against sums that know nothing of them.</summary>
public sealed class UserKernelTests
{
    private const int Count = 3000;

    [Test]
    public void A_radial_kernel_of_ten_lines_gives_potential_and_gradient([Values] Precision precision, [Values] bool apart)
    {
        const double Epsilon = 1e-4;
        (double[] potentials, double[] gradients, Position[] points, double[] charges) = Solve(new Softened(Epsilon), precision, apart);
        double[] exact = new double[Count], slopes = new double[3 * Count];
        Sum(points, (t, s, d, r2) =>
        {
            double phi = charges[s] / Math.Sqrt(r2 + (Epsilon * Epsilon));
            exact[t] += phi;
            for (int a = 0; a < 3; a++) slopes[(3 * t) + a] -= phi * d[a] / (r2 + (Epsilon * Epsilon));
        });
        Assert.That(DirectField.Error(potentials, exact), Is.LessThan(3e-6));
        Assert.That(DirectField.Error(gradients, slopes), Is.LessThan(1e-4));
    }

    [Test]
    public void A_kernel_of_two_stages_gives_a_vector_and_its_gradient([Values] Precision precision, [Values] bool apart)
    {
        (double[] potentials, double[] gradients, Position[] points, double[] charges) = Solve(default(Pull), precision, apart);
        double[] exact = new double[3 * Count], slopes = new double[9 * Count];
        Sum(points, (t, s, d, r2) =>
        {
            double cube = charges[s] / (r2 * Math.Sqrt(r2));
            for (int c = 0; c < 3; c++)
            {
                exact[(3 * t) + c] += cube * d[c];
                for (int a = 0; a < 3; a++) slopes[(9 * t) + (3 * c) + a] += cube * ((a == c ? 1 : 0) - (3 * d[a] * d[c] / r2));
            }
        });
        Assert.That(DirectField.Error(potentials, exact), Is.LessThan(1e-4));
        Assert.That(DirectField.Error(gradients, slopes), Is.LessThan(1e-3));
    }

    [Test]
    public void An_odd_kernels_pairs_taken_once_give_what_they_give_one_way([Values] RegisterWidth width, [Values] Precision precision)
    {
        FmmOptions options = new() { Order = 5, LeafCapacity = 60, Gradient = true, Precision = precision, Registers = width };
        Scene scene = Scene.Of("plummer", 2000);
        (double[] potentials, double[] gradients) = scene.Solve(default(Pull), options);
        (double[] onePotentials, double[] oneGradients) = scene.Solve(new OneWay<Pull>(default), options);
        Assert.That(DirectField.Error(potentials, onePotentials), Is.LessThan(precision == Precision.Single ? 1e-5 : 1e-12));
        Assert.That(DirectField.Error(gradients, oneGradients), Is.LessThan(precision == Precision.Single ? 1e-5 : 1e-12));
    }

    [Test]
    public void A_records_members_are_its_parameters() => Assert.That(
        (Text(new Softened(0.1)), Text(default(Pull))), Is.EqualTo(("Epsilon=0.1", "")));

    private static string Text<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel> => TKernel.Parameters(kernel);

    private static (double[] Potentials, double[] Gradients, Position[] Points, double[] Charges) Solve<TKernel>(TKernel kernel, Precision precision, bool apart)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        Position[] points = Scene.Points("cube", Count, 3);
        double[] charges = PointClouds.Charges(Count, 1), potentials = new double[TKernel.PotentialComponents * Count], gradients = new double[3 * potentials.Length];
        using FmmSolver solver = FmmSolver.Create(kernel, new FmmOptions { Order = 7, LeafCapacity = 60, Gradient = true, Precision = precision });
        if (apart) solver.SetPoints(points, points);
        else solver.SetPoints(points);
        solver.Evaluate(charges, potentials, gradients);
        return (potentials, gradients, points, charges);
    }

    private static void Sum(Position[] points, Action<int, int, double[], double> pair)
    {
        for (int t = 0; t < Count; t++)
        {
            for (int s = 0; s < Count; s++)
            {
                if (s == t) continue;
                double[] d = [points[t].X - points[s].X, points[t].Y - points[s].Y, points[t].Z - points[s].Z];
                pair(t, s, d, (d[0] * d[0]) + (d[1] * d[1]) + (d[2] * d[2]));
            }
        }
    }
}
