using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Flow;
using Fmm.Tests.Kernels;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>A kernel that solves no elliptic equation is told by its expansions; no other kernel is, at any order.</summary>
public sealed class ExpansionMisfitTests
{
    [Test]
    public void Expansions_of_an_elliptic_kernel_are_as_good_as_their_order([Values(2, 3, 4, 5, 6, 7, 8, 9, 10, 12)] int order, [Values] Precision precision)
    {
        Sound(default(Laplace), order, precision);
        if (order > 10) return;
        Sound(default(Stretched), order, precision);
        if (order <= 8) Sound(default(Skewed), order, precision);
        Sound(default(Stokes), order, precision);
        Sound(default(Pull), order, precision);
        foreach (double k in (double[])[1e-300, 0.3, 1, 1.7, 3, 5, 10, 60]) Sound(new Yukawa(k), order, precision);
    }

    [Test]
    public void Expansions_of_another_kernel_are_not([Values(6, 7, 8, 10)] int order, [Values] Precision precision)
    {
        Assert.That(Excess(default(InverseSquare), order, precision), Is.GreaterThan(1));
        Assert.That(Excess(new Softened(1), order, precision), Is.GreaterThan(1));
        if (precision == Precision.Double && order > 6) Assert.That(Excess(new Softened(0.1), order, precision), Is.GreaterThan(1));
    }

    [Test]
    public void A_solver_tells_it_and_a_sound_kernel_has_nothing_to_tell([Values] Precision precision)
    {
        FmmOptions options = new() { Order = 7, LeafCapacity = 20, Precision = precision };
        Assert.That(Warnings(default(InverseSquare), options), Has.Count.EqualTo(1).And.Some.Contains("solves an elliptic equation"));
        Assert.That(Warnings(new Softened(0.1), options), Has.Count.EqualTo(1));
        Assert.That(Warnings(new Softened(0.1), options with { LeafCapacity = 5000 }), Is.Empty, "no far field");
        Assert.That(Warnings(default(Laplace), options), Is.Empty);
        Assert.That(Warnings(new Yukawa(20), options), Is.Empty);
        Assert.That(Warnings(default(Stokes), options), Is.Empty);
    }

    private static void Sound<TKernel>(TKernel kernel, int order, Precision precision)
        where TKernel : unmanaged, IKernel<TKernel> =>
        Assert.That(Excess(kernel, order, precision), Is.LessThan(0.8), $"{TKernel.Name} {TKernel.Parameters(kernel)}");

    private static IReadOnlyList<string> Warnings<TKernel>(TKernel kernel, FmmOptions options)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        Scene scene = Scene.Of("cube", 2000, TKernel.SourceComponents);
        using FmmSolver solver = FmmSolver.Create(kernel, options);
        scene.Solve<TKernel>(solver, gradient: false);
        Assert.That(solver.Method.Warnings, Is.EqualTo(solver.Report.Warnings));
        return solver.Report.Warnings;
    }

    // Over what is the most that a sound kernel has.
    private static double Excess<TKernel>(TKernel kernel, int order, Precision precision)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        ExpansionSizes expansion = ExpansionSizes.Of(kernel, order, SurfaceRatios.Standard, TransferStrategy.Fft);
        using PlainMatrices matrices = new OperatorBuilder<TKernel>(kernel, expansion, LinearAlgebra.Create(), precision).Build(1, Jobs.Serial);
        double excess = matrices[LevelMatrices.Misfit].Elements[0] / FarFieldWarning.Limit(expansion, precision);
        TestContext.Out.WriteLine($"{TKernel.Name} {TKernel.Parameters(kernel)}: {excess:g3}");
        return excess;
    }
}
