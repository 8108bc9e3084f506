namespace Fmm.Systems;

/// <summary>Makes a solver for a kernel.</summary>
internal sealed class SolverOfKernel(FmmOptions? options) : IKernelUse<FmmSolver>
{
    public FmmSolver Of<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel> => FmmSolver.Create(kernel, options);
}
