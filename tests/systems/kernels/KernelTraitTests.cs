using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests.Kernels;

/// <summary>What is found out of a formula, so that nobody has to declare it.</summary>
public sealed class KernelTraitTests
{
    // 1 / r whose formula the JIT is not told to inline.
    private readonly struct Unmarked : IRadialKernel<Unmarked>
    {
        public static string Name => "unmarked";

        static void IRadialKernel<Unmarked>.Profile<TRegister>(Unmarked kernel, TRegister r2, out TRegister phi, out TRegister force)
        {
            phi = TRegister.InverseSqrt(r2);
            force = phi * phi * phi;
        }
    }

    [Test]
    public void Operations_are_counted_as_the_compiler_does_them_and_unused_ones_are_not()
    {
        // Offset 3, its square 5, root 1, product and sum 2; with the gradient the cube 2, its product 1, three products and sums 6.
        Assert.That(KernelFlops.Of(default(Laplace), gradient: false), Is.EqualTo(new KernelFlops(11, 13, 0)));
        Assert.That(KernelFlops.Of(default(Laplace), gradient: true), Is.EqualTo(new KernelFlops(20, 29, 0)));
        // k r 2, exponential and its product 2 more; with the gradient one product and one sum of products.
        Assert.That(KernelFlops.Of(new Yukawa(2), gradient: false), Is.EqualTo(new KernelFlops(15, 17, 1)));
        Assert.That(KernelFlops.Of(default(Stokes), gradient: true).Mutual, Is.LessThan(2 * KernelFlops.Of(default(Stokes), gradient: true).OneWay));
    }

    [Test]
    public void Whether_coincident_points_show_in_sums_is_found_by_trying() => Assert.That(
        (CoincidentPair.Shows(default(Laplace)), CoincidentPair.Shows(new Yukawa(2)), CoincidentPair.Shows(default(Stokes)), CoincidentPair.Shows(default(Pull)),
        CoincidentPair.Shows(new Softened(0.1)), CoincidentPair.Shows(default(Counting))),
        Is.EqualTo((true, true, true, true, false, false)));

    [Test]
    public void A_formula_that_the_JIT_is_not_told_to_inline_is_named_with_the_remedy()
    {
        Assert.That(KernelCheck.Warnings<Unmarked>(), Has.Count.EqualTo(1).And.Some.Contains("AggressiveInlining)] before Profile"));
        Assert.That(KernelCheck.Run(default(Unmarked)), Is.Empty);
        using FmmSolver solver = FmmSolver.Create(default(Unmarked));
        Assert.That(solver.Method.Warnings, Has.Count.EqualTo(1).And.Some.Contains("unmarked"));
        foreach (IReadOnlyList<string> warnings in (IReadOnlyList<string>[])[KernelCheck.Warnings<Laplace>(), KernelCheck.Warnings<Yukawa>(), KernelCheck.Warnings<Stokes>(), KernelCheck.Warnings<Softened>()])
            Assert.That(warnings, Is.Empty);
    }

    [Test]
    public void A_force_that_does_not_belong_to_its_potential_is_told_as_such()
    {
        KernelFinding finding = KernelCheck.Run(default(WrongForce)).Single();
        Assert.That(finding.Declaration, Is.EqualTo(nameof(IRadialKernel<Laplace>.Profile)));
        Assert.That(finding.Message, Does.Contain("by differences of phi: force is -(dphi/dr)/r"));
    }

    [Test]
    public void A_wrong_force_is_a_fault_of_Profile_by_whatever_factor_it_is_wrong_and_whoever_looks(
        [Values(-1, 0, 1.01, 1 + 1e-8, double.NaN, double.PositiveInfinity)] double factor)
    {
        Assert.That(KernelCheck.Run(new Forced(factor)).Single().Declaration, Is.EqualTo(nameof(IRadialKernel<Laplace>.Profile)));
        if (Math.Abs(factor - 1) < 1e-6) return; // less than what the order leaves out
        Assert.That(
            () => FmmSolver.Create(new Forced(factor), new FmmOptions { Gradient = true }),
            Throws.InstanceOf<KernelException>().With.Message.StartsWith("Kernel forced, Profile, at d = ("));
    }

    [Test]
    public void A_formula_that_is_no_number_beyond_a_distance_is_told_though_it_is_sound_below() =>
        Assert.That(KernelCheck.Run(default(Walled)).Single().Message, Does.StartWith("Kernel walled, Evaluate, at d = (").And.Contain("is not a number"));

    [Test]
    public void The_scalar_form_is_the_formula_of_the_books()
    {
        (double x, double y, double z) = (0.3, -0.4, 1.2);
        double r = Math.Sqrt((x * x) + (y * y) + (z * z)), k = 1.5;
        double[] one = new double[1], nine = new double[9], d = [x, y, z];
        default(Laplace).Evaluate(x, y, z, one);
        Assert.That(one[0], Is.EqualTo(1 / (4 * Math.PI * r)).Within(1e-16));
        new Yukawa(k).Evaluate(x, y, z, one);
        Assert.That(one[0], Is.EqualTo(Math.Exp(-k * r) / (4 * Math.PI * r)).Within(1e-16));
        new Stokes(2).Evaluate(x, y, z, nine);
        for (int i = 0; i < 9; i++)
            Assert.That(nine[i], Is.EqualTo(((i % 4 == 0 ? 1 / r : 0) + (d[i / 3] * d[i % 3] / (r * r * r))) / (16 * Math.PI)).Within(1e-16));
    }

    [TestCase(1, 0)]
    [TestCase(1.001, 1)]
    public void Second_derivatives_that_are_not_those_of_the_gradient_are_told(double factor, int findings)
    {
        IReadOnlyList<KernelFinding> found = KernelCheck.Run(new Curved(factor));
        Assert.That(found, Has.Count.EqualTo(findings));
        if (findings == 0) return;
        Assert.That(found[0].Declaration, Is.EqualTo(nameof(IKernel<Laplace>.AddHessian)));
        Assert.That(found[0].Message, Does.Contain("by differences of the gradient"));
    }

    // 1 / r with a second derivative off by a factor.
    private readonly record struct Curved(double Factor) : IRadialKernel<Curved>
    {
        public static string Name => "curved";

        public static bool HasHessian => true;

        static void IRadialKernel<Curved>.Profile<TRegister>(Curved kernel, TRegister r2, out TRegister phi, out TRegister force)
        {
            phi = TRegister.InverseSqrt(r2) * TRegister.Constant(kernel.Factor);
            force = phi * TRegister.InverseSqrt(r2) * TRegister.InverseSqrt(r2);
        }

        // Laplace's own, which takes A for 1 / r: right where the factor is 1.
        public static void AddHessian<TRegister>(in PairBlock<TRegister> block, in PairCharge<TRegister> charge, ref HessianSum<TRegister> sum)
            where TRegister : unmanaged, IRegister<TRegister> => Laplace.AddHessian(block, charge, ref sum);
    }

    // 1 / r with a force off by a factor.
    private readonly record struct Forced(double Factor) : IRadialKernel<Forced>
    {
        public static string Name => "forced";

        static void IRadialKernel<Forced>.Profile<TRegister>(Forced kernel, TRegister r2, out TRegister phi, out TRegister force)
        {
            phi = TRegister.InverseSqrt(r2);
            force = phi * phi * phi * TRegister.Constant(kernel.Factor);
        }
    }

    // 1 / r to a distance of about 0.9, not a number beyond.
    private readonly struct Walled : IRadialKernel<Walled>
    {
        public static string Name => "walled";

        static void IRadialKernel<Walled>.Profile<TRegister>(Walled kernel, TRegister r2, out TRegister phi, out TRegister force)
        {
            TRegister far = TRegister.Sqrt(TRegister.Constant(0.8) - r2);
            phi = TRegister.InverseSqrt(r2) + (far - far);
            force = phi * phi * phi;
        }
    }

    private readonly struct WrongForce : IRadialKernel<WrongForce>
    {
        public static string Name => "wrong force";

        static void IRadialKernel<WrongForce>.Profile<TRegister>(WrongForce kernel, TRegister r2, out TRegister phi, out TRegister force)
        {
            phi = TRegister.InverseSqrt(r2);
            force = TRegister.Zero - (phi * phi * phi);
        }
    }
}
