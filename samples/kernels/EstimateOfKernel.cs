using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>Estimates the memory that a run with a kernel takes.</summary>
internal sealed class EstimateOfKernel(FmmOptions options, long sources, long? targets) : IKernelUse<MemoryEstimate>
{
    /// <inheritdoc/>
    public MemoryEstimate Of<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel> => MemoryEstimate.Of(kernel, options, sources, targets);
}
