using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Makes a solver for a kernel.</summary>
internal sealed class SolverOfKernel(FmmOptions? options, IRanks? ranks) : IKernelUse<FmmSolver>
{
    public FmmSolver Of<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel> => ranks is null ? FmmSolver.Create(kernel, options) : FmmSolver.Create(kernel, options, ranks);
}
