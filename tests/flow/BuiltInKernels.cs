using Fmm.Systems;

namespace Fmm.Tests.Flow;

/// <summary>The built-in kernels with parameters, and the errors that they keep.</summary>
public static class BuiltInKernels
{
    /// <summary>Largest errors at order 6 in a volume, of both fields where targets lie apart, and of the potential at order 10: twice what was measured.</summary>
    public sealed record Bound(double Potential, double Gradient, double Afar, double AtOrderTen);

    public static IEnumerable<object[]> All =>
    [
        [default(Laplace), new Bound(2.5e-6, 9e-6, 3e-5, 2.6e-10)],
        [new Yukawa(5), new Bound(2.5e-6, 9e-6, 1.6e-3, 5e-10)],
        [new Stokes(0.7), new Bound(2.3e-5, 3e-5, 1.6e-3, 6.5e-9)],
        [new Helmholtz(5), new Bound(3e-6, 7e-6, 3e-4, 4e-10)],
        [new DampedHelmholtz(4, 2), new Bound(4e-6, 7e-6, 1.6e-3, 6e-10)],
        [default(LaplaceDipole), new Bound(9e-6, 5e-6, 1.6e-3, 2e-9)],
        [default(StokesPressure), new Bound(9e-6, 5e-6, 1.6e-3, 2e-9)],
        [default(LaplaceChargeDipole), new Bound(9e-6, 1e-5, 1.6e-3, 2e-9)],
        [new SoftenedGravity(0.05, 2), new Bound(2.5e-6, 3.4e-5, 3e-5, 2.6e-10)],
        [default(StokesStress), new Bound(1.8e-5, 1, 1.6e-3, 7.5e-9)],
        [default(StokesDoubleLayer), new Bound(2.6e-5, 5e-6, 1.6e-3, 7e-9)],
        [default(BiotSavart), new Bound(1.2e-5, 6e-6, 1.6e-3, 6e-9)],
    ];

    /// <summary>More than three numbers a target leave no room for derivatives.</summary>
    public static bool HasGradient<TKernel>()
        where TKernel : unmanaged, IKernel<TKernel> => TKernel.PotentialComponents <= 3;
}
