using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>A built-in kernel with parameters, in a unit cube, and the errors it may have at one order.</summary>
/// <param name="Name">Its name with its parameters.</param>
/// <param name="HasGradient">Whether it has one.</param>
/// <param name="Create">Makes a solver.</param>
/// <param name="Prepare">Makes the operators for points of an extent and a tree of a depth.</param>
/// <param name="Bar">An order with the largest errors of potential and gradient there; null where none are asked for.</param>
internal sealed record KernelCase(
    string Name, bool HasGradient, Func<FmmOptions, FmmSolver> Create, Action<FmmOptions, double, int> Prepare, (int Order, double Potential, double Gradient)? Bar)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<KernelCase> All { get; } =
    [
        Of(default(Laplace)),
        Of(new Yukawa(5), (8, 2e-8, 5e-8)),
        Of(new Helmholtz(5), (8, 9.6e-8, 2.8e-7)),
        Of(new DampedHelmholtz(5, 1)),
        Of(default(LaplaceDipole)),
        Of(default(LaplaceChargeDipole)),
        Of(new SoftenedGravity(1e-3)),
        Of(new Stokes(1), (14, 1e-8, double.PositiveInfinity)),
        Of(default(StokesPressure)),
        Of(default(StokesStress)),
        Of(default(StokesDoubleLayer)),
        Of(default(BiotSavart)),
    ];

    private static KernelCase Of<TKernel>(TKernel kernel, (int, double, double)? bar = null)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        string parameters = TKernel.Parameters(kernel);
        return new(
            parameters.Length == 0 ? TKernel.Name : $"{TKernel.Name} {parameters}", TKernel.PotentialComponents <= 3,
            options => FmmSolver.Create(kernel, options),
            (options, extent, depth) => OperatorPreparation.Run(kernel, options, extent, depth), bar);
    }
}
