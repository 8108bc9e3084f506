using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Kernels;

/// <summary>What a kernel says of itself in other units of length, and of its formula far away, is held against the kernel.</summary>
public sealed class KernelVariantTests
{
    private readonly struct Sound : IVariant;

    private readonly struct FarTwice : IVariant
    {
        public static double FarFactor => 2;
    }

    private readonly struct FarSlopeOff : IVariant
    {
        public static double FarSlope => 1.01;
    }

    private readonly struct FarDegreeOff : IVariant
    {
        public static int? FarDegree => -2;
    }

    private readonly struct ShortReach : IVariant
    {
        public static double Reach => 0.01;
    }

    private readonly struct NoReach : IVariant
    {
        public static double Reach => double.NaN;
    }

    private readonly struct BehindItself : IVariant
    {
        public static double Reach => -1;
    }

    private readonly struct FactorOff : IVariant
    {
        public static double RescaledFactor => 8;
    }

    private readonly struct ReachInOldUnits : IVariant
    {
        public static double RescaledReach => 8;
    }

    private readonly struct StrengthInOldUnits : IVariant
    {
        public static double RescaledStrength => 8;
    }

    private readonly struct ScreeningInOldUnits : IVariant
    {
        public static double RescaledScreening => 1;
    }

    [Test]
    public void A_far_formula_that_is_not_the_kernel_beyond_its_reach_is_refused()
    {
        Refused<FarTwice>("FarBlock", "the far formula is", "Reach of 0.25");
        Refused<FarSlopeOff>("test varied far away", "derivative");
        Refused<FarDegreeOff>("test varied far away", "-2 declared");
        Refused<ShortReach>("FarBlock", "give a longer reach");
        Refused<NoReach>("Reach", "it is NaN");
        Refused<BehindItself>("Reach", "it is -1");
    }

    [Test]
    public void A_kernel_that_is_another_in_other_units_is_refused()
    {
        Refused<FactorOff>("TryRescale", "K(unit d) = factor K'(d)");
        Refused<ReachInOldUnits>("TryRescale", "its reach is");
        Refused<StrengthInOldUnits>("TryRescale", "its strength is");
        Refused<ScreeningInOldUnits>("TryRescale", "its screening is");
    }

    [Test]
    public void One_that_is_the_same_everywhere_has_no_findings() => Assert.That(KernelCheck.Run(default(Varied<Sound>)), Is.Empty);

    [Test]
    public void The_engines_kernels_are_the_same_in_other_units_and_far_away()
    {
        Whole(new Helmholtz(3));
        Whole(new DampedHelmholtz(3, 2));
        Whole(default(LaplaceDipole));
        Whole(default(LaplaceChargeDipole));
        Whole(default(StokesPressure));
        Whole(default(BiotSavart));
        foreach (double length in (double[])[0, 1e-100, 1e-3, 1, 1e3, 1e99, 1e100]) Whole(new SoftenedGravity(length, 3));
        Assert.That(KernelCheck.Run(default(StokesStress), gradient: false), Is.Empty);

        static void Whole<TKernel>(TKernel kernel)
            where TKernel : unmanaged, IKernel<TKernel> =>
            Assert.That(KernelCheck.Run(kernel).Select(one => one.Message), Is.Empty, $"{TKernel.Name} {TKernel.Parameters(kernel)}");
    }

    [Test]
    public void A_gradient_of_more_than_three_numbers_is_a_finding_and_a_refusal()
    {
        Assert.That(KernelCheck.Run(default(StokesStress)).Single().Message, Does.Contain("6 numbers has no gradient"));
        Assert.That(
            () => FmmSolver.Create(default(StokesStress), new FmmOptions { Gradient = true }),
            Throws.InstanceOf<FmmOptionException>().With.Message.Contains("gradients are of 3 at most"));
    }

    private static void Refused<TVariant>(params string[] words)
        where TVariant : struct, IVariant
    {
        Varied<TVariant> kernel = default;
        string message = KernelCheck.Run(kernel)[0].Message;
        foreach (string word in words) Assert.That(message, Does.Contain(word));
        foreach (Precision precision in Enum.GetValues<Precision>())
            Assert.That(() => FmmSolver.Create(kernel, new FmmOptions { Precision = precision, Gradient = true }), Throws.InstanceOf<KernelException>().With.Message.Contains(words[0]));
    }
}
