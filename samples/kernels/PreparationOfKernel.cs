using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>Makes the operators of a kernel, for points of an extent and a tree of a depth.</summary>
internal sealed class PreparationOfKernel(FmmOptions options, double extent, int depth, CancellationToken cancellation) : IKernelUse<PreparationOfKernel>
{
    /// <inheritdoc/>
    public PreparationOfKernel Of<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        OperatorPreparation.Run(kernel, options, extent, depth, null, cancellation);
        return this;
    }
}
