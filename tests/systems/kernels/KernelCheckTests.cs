using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Operators;
using NUnit.Framework;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of a property.

namespace Fmm.Tests.Kernels;

/// <summary>A kernel is held to what it declares; a sound one passes whatever its parameters.</summary>
public sealed class KernelCheckTests
{
    private readonly struct NoFlaw : IFlaw;

    private readonly struct WrongDegree : IFlaw
    {
        public static int? Degree => -2;
    }

    private readonly struct NoDegree : IFlaw
    {
        public static int? Degree => null;
    }

    private readonly struct WideOff : IFlaw
    {
        public static double Wide => 1.001;
    }

    private readonly struct FactorTwice : IFlaw
    {
        public static double Wide => 0.25;
    }

    private readonly struct FactorInfinite : IFlaw
    {
        public static double Normalisation => double.PositiveInfinity;
    }

    private readonly struct SlopeOff : IFlaw
    {
        public static double Slope => -1;
    }

    private readonly struct ScalarSlopeOff : IFlaw
    {
        public static double ScalarSlope => 1.01;
    }

    private readonly struct WrongParity : IFlaw
    {
        public static KernelParity Parity => KernelParity.Odd;
    }

    private readonly struct ActsByItself : IFlaw
    {
        public static bool HasConstant => true;
    }

    private readonly struct NotSymmetric : IFlaw
    {
        public static double Lopsided => 0.01;
    }

    private readonly struct NoGradientForm : IFlaw
    {
        public static bool HasGradient => false;
    }

    private readonly struct SetsSums : IFlaw
    {
        public static bool Sets => true;
    }

    private readonly struct SecondComponent : IFlaw
    {
        public static bool AddsToSecond => true;
    }

    private readonly struct WritesTooMuch : IFlaw
    {
        public static int Written => 2;
    }

    private readonly struct WritesTooLittle : IFlaw
    {
        public static int Written => 0;
    }

    private readonly struct ReadsTooMuch : IFlaw
    {
        public static int Read => 1;
    }

    private readonly struct TenComponents : IFlaw
    {
        public static int Potentials => 10;
    }

    private readonly struct SpoilsZero : IFlaw
    {
        public static bool InfiniteAtZero => true;
    }

    [Test]
    public void A_false_declaration_is_named_with_offset_values_and_remedy()
    {
        Named<WrongDegree>("Degree", "-2 declared", "as for a degree of -1", "declare the degree that it has");
        Named<WideOff>("AddPotential", "by Evaluate", "mend the one or the other");
        Named<FactorTwice>("Normalisation", "Evaluate holds the factor");
        Named<FactorInfinite>("Normalisation", "finite and not 0");
        Named<SlopeOff>("AddGradient", "derivative of component 0 along y");
        Named<ScalarSlopeOff>("EvaluateGradient", "along z");
        Named<NotSymmetric>("Parity", "Even declared", "in place of");
        Named<WrongParity>("Parity", "Odd declared", "or None");
        Named<ActsByItself>("Block", "where A, B, C and D are 0", "as a factor");
        Named<NoGradientForm>("AddGradient", "missing", "ask for no gradient");
        Named<SetsSums>("AddPotential", "add to the sums");
        Named<SecondComponent>("PotentialComponents", "to component 1");
        Named<WritesTooMuch>("PotentialComponents", "writes more than 1 numbers");
        Named<WritesTooLittle>("Evaluate", "not set");
        Named<ReadsTooMuch>("AddPotential", "read no more than 1 numbers of a charge");
        Named<TenComponents>("PotentialComponents", "10 declared: a kernel has 1 to 9");
        Named<SpoilsZero>("Evaluate", "at distance zero");
    }

    [Test]
    public void A_factor_in_the_formula_is_one_fault_not_two() =>
        Assert.That(KernelCheck.Run(default(Flawed<FactorTwice>)).Select(one => one.Declaration), Is.EqualTo((string[])["Normalisation"]));

    private static void Named<TFlaw>(string declaration, params string[] words)
        where TFlaw : struct, IFlaw
    {
        IReadOnlyList<KernelFinding> findings = KernelCheck.Run(default(Flawed<TFlaw>));
        Assert.That(findings.Select(one => one.Declaration), Does.Contain(declaration), typeof(TFlaw).Name);
        KernelFinding finding = findings.First(one => one.Declaration == declaration);
        Assert.That(finding.Message, Does.StartWith($"Kernel flawed, {declaration}, at d = ("));
        foreach (string word in words) Assert.That(finding.Message, Does.Contain(word));
    }

    [Test]
    public void A_sound_kernel_has_no_findings()
    {
        Sound(default(Flawed<NoFlaw>));
        Sound(default(Flawed<NoDegree>)); // null is never false: it only costs operators of every level
        Sound(default(Skewed));
        Sound(default(OneWay<Stokes>));
        Sound(default(Counting));
        Sound(default(Pull));
        Sound(new Softened(0.25));
        Sound(new Blunt(0.25));
        Sound(default(Stretched), gradient: false);
    }

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public void The_engines_kernels_are_sound_whatever_their_parameters(int seed)
    {
        double parameter = Math.Pow(10, (600 * new Random(seed).NextDouble()) - 300);
        Sound(default(Laplace));
        Sound(new Yukawa(parameter));
        Sound(new Stokes(parameter));
    }

    [Test]
    public void The_engines_kernels_are_sound_at_the_ends_of_their_parameters()
    {
        foreach (double k in (double[])[0, double.Epsilon, 1e-300, 1, 1e5, 1e19, 1e38, 1e300]) Sound(new Yukawa(k));
        foreach (double mu in (double[])[1e-300, 1e-38, 1, 1e38, 1e300]) Sound(new Stokes(mu));
    }

    private static void Sound<TKernel>(TKernel kernel, bool gradient = true)
        where TKernel : unmanaged, IKernel<TKernel> =>
        Assert.That(KernelCheck.Run(kernel, gradient).Select(one => one.Message), Is.Empty, $"{TKernel.Name} {TKernel.Parameters(kernel)}");

    [Test]
    public void A_method_of_a_false_kernel_is_refused_when_it_is_made([Values] RegisterWidth width, [Values] Precision precision)
    {
        FmmOptions options = new() { Registers = width, Precision = precision };
        using World world = World.Create();
        Assert.That(() => FmmSchedule.Create(world, default(Flawed<WrongDegree>), options), Throws.InstanceOf<KernelException>().With.Message.Contains("Degree"));
        Assert.That(() => FmmSolver.Create(default(Flawed<WideOff>), options), Throws.InstanceOf<KernelException>().With.Message.Contains("AddPotential"));
        Assert.That(
            () => FmmSolver.Create(default(Flawed<SlopeOff>), options with { Gradient = true }),
            Throws.InstanceOf<KernelException>().With.Message.Contains("AddGradient"));
        Assert.That(() => FmmSolver.Create(default(Flawed<WrongParity>), options), Throws.InstanceOf<KernelException>().With.Message.Contains("Parity"));
        FmmSchedule.Create(world, default(Flawed<NoFlaw>), options).Dispose(); // what was refused left nothing in the world
    }

    [Test]
    public void A_form_that_a_method_does_not_run_is_not_asked_for([Values] Precision precision)
    {
        FmmSolver.Create(default(Flawed<SlopeOff>), new FmmOptions { Precision = precision }).Dispose();
        FmmSolver.Create(default(Flawed<NoGradientForm>), new FmmOptions { Precision = precision }).Dispose();
    }
}
