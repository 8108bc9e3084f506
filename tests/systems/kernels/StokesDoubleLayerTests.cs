using Fmm.Components;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Systems;

/// <summary>What is known of the double layer of Stokes' equations.</summary>
public sealed class StokesDoubleLayerTests
{
    private static readonly double[] _density = [0.3, -0.7, 0.5];

    [TestCase(0.0, 0.0, 0.0, -1)]
    [TestCase(0.1, -0.3, 0.4, -1)]
    [TestCase(1.4, 0.5, -0.9, 0)]
    public void A_constant_density_on_a_sphere_makes_its_negative_inside_and_nothing_outside(double x, double y, double z, double factor)
    {
        const int N = 60_000;
        Position[] points = new Position[N];
        double[] tensors = new double[6 * N], velocity = new double[3];
        double golden = Math.PI * (3 - Math.Sqrt(5));
        for (int i = 0; i < N; i++)
        {
            double height = 1 - ((2 * i + 1.0) / N), radius = Math.Sqrt(1 - (height * height));
            points[i] = new Position(radius * Math.Cos(golden * i), radius * Math.Sin(golden * i), height);
            Place(tensors.AsSpan(6 * i, 6), [points[i].X, points[i].Y, points[i].Z], 4 * Math.PI / N);
        }
        using FmmSolver solver = FmmSolver.Create(default(StokesDoubleLayer), new FmmOptions { Order = 8 });
        solver.SetPoints(points, [new Position(x, y, z)]);
        solver.Evaluate(tensors, velocity);
        for (int c = 0; c < 3; c++) Assert.That(velocity[c], Is.EqualTo(factor * _density[c]).Within(1e-4));
    }

    [Test]
    public void It_is_the_traction_of_a_force_seen_from_the_other_side()
    {
        // q . u(x) of the layer n q at y is minus f . of the traction at y of the force f at x: T_ijk is odd.
        double[] layer = new double[18], stress = new double[18], tensor = new double[6], normal = [0.6, 0, -0.8], force = [1.2, 0.4, -0.9];
        Place(tensor, normal, 1);
        default(StokesDoubleLayer).Evaluate(0.3, -0.5, 0.8, layer);
        default(StokesStress).Evaluate(-0.3, 0.5, -0.8, stress);
        double work = 0, traction = 0;
        for (int c = 0; c < 3; c++) for (int k = 0; k < 6; k++) work += force[c] * layer[(6 * c) + k] * tensor[k];
        int[,] place = { { 0, 1, 2 }, { 1, 3, 4 }, { 2, 4, 5 } };
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                for (int c = 0; c < 3; c++) traction += _density[i] * normal[j] * stress[(3 * place[i, j]) + c] * force[c];
        Assert.That(work, Is.EqualTo(traction).Within(1e-14).And.Not.Zero);
    }

    [Test]
    public void It_is_free_of_divergence()
    {
        double[] gradient = new double[54];
        default(StokesDoubleLayer).EvaluateGradient(0.3, -0.5, 0.8, gradient);
        for (int k = 0; k < 6; k++) Assert.That(gradient[k] + gradient[((3 + 1) * 6) + k] + gradient[((6 + 2) * 6) + k], Is.Zero.Within(1e-13));
    }

    private static void Place(Span<double> tensor, double[] n, double weight)
    {
        int at = 0;
        for (int i = 0; i < 3; i++) for (int j = i; j < 3; j++) tensor[at++] = weight * ((n[i] * _density[j]) + (n[j] * _density[i])) / 2;
    }
}
