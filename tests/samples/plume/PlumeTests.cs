using Fmm.Systems;
using NUnit.Framework;
using Plumes;

namespace Fmm.Tests;

/// <summary>The sample's kernel of one's own, and its twin with a slip.</summary>
[Category("Registers")]
internal sealed class PlumeTests
{
    private static readonly Plume _plume = new(5, 0, 1);

    [Test]
    public void It_is_what_it_declares() => Assert.That(KernelCheck.Run(_plume), Is.Empty);

    [Test]
    public void It_solves_the_equation_of_a_stream_that_spreads()
    {
        // laplacian K = 2 s.grad K, by differences.
        const double H = 1e-3;
        double x = 0.4, y = -0.3, z = 0.6, centre = Value(x, y, z);
        double laplacian = (Value(x + H, y, z) + Value(x - H, y, z) + Value(x, y + H, z) + Value(x, y - H, z) + Value(x, y, z + H) + Value(x, y, z - H) - (6 * centre)) / (H * H);
        double along = ((5 * (Value(x + H, y, z) - Value(x - H, y, z))) + Value(x, y, z + H) - Value(x, y, z - H)) / (2 * H);
        Assert.That(laplacian, Is.EqualTo(2 * along).Within(1e-4 * Math.Abs(laplacian)));
    }

    [Test]
    public void Its_error_falls_with_the_order()
    {
        double[] potentials = new double[3], gradients = new double[3];
        for (int i = 0; i < 3; i++)
        {
            FieldError error = Trial.Error(_plume, 4000, 4 + (3 * i));
            (potentials[i], gradients[i]) = (error.PotentialL2, error.GradientL2!.Value);
        }
        TestContext.Out.WriteLine($"{string.Join(" ", potentials.Select(one => $"{one:e1}"))}, {string.Join(" ", gradients.Select(one => $"{one:e1}"))}");
        Assert.That(potentials[1], Is.LessThan(0.02 * potentials[0]));
        Assert.That(potentials[2], Is.LessThan(0.02 * potentials[1]).And.LessThan(1e-8));
        Assert.That(gradients[2], Is.LessThan(1e-6));
    }

    [Test]
    public void Its_twin_with_a_slip_is_found_out()
    {
        KernelFinding finding = KernelCheck.Run(new SlippedPlume(_plume)).Single();
        Assert.That(finding.Declaration, Is.EqualTo(nameof(IKernel<Laplace>.AddGradient)));
        Assert.That(() => FmmSolver.Create(new SlippedPlume(_plume), new FmmOptions { Gradient = true }), Throws.InstanceOf<KernelException>().With.Message.Contains("slipped-plume"));
    }

    [Test]
    public void Its_near_field_is_not_called_but_inlined()
    {
        Assert.That(KernelCheck.Warnings<Plume>(), Is.Empty);
        Assert.That(Trial.NearRate(_plume, 3000), Is.Positive);
    }

    [Test]
    public void Its_program_tells_the_slip_and_ends_well()
    {
        string told = ChildOutcome.OfDotnet(Clone.Root, Path.Combine(Clone.Root, "artifacts", "bin", "Plume", Clone.Configuration.ToLowerInvariant(), "plume.dll"));
        Assert.That(told, Does.Contain("findings of plume: 0\n").And.Contain("findings of slipped-plume: 1\n").And.Contain("Kernel slipped-plume, AddGradient"));
        Assert.That(told, Does.Match(@"(?m)^order 10: error of the potential \d\.\de-\d+, of the gradient ").And.Match(@"near field: \d+ million pairs a second, laplace \d+"));
    }

    private static double Value(double x, double y, double z)
    {
        double[] value = new double[1];
        Evaluate(_plume, x, y, z, value);
        return value[0];
    }

    private static void Evaluate<TKernel>(TKernel kernel, double x, double y, double z, double[] value)
        where TKernel : unmanaged, IKernel<TKernel> => TKernel.Evaluate(kernel, x, y, z, value);
}
