using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>Holds a kernel to what it declares.</summary>
/// <param name="gradient">Whether it has a gradient.</param>
internal sealed class CheckOfKernel(bool gradient) : IKernelUse<IReadOnlyList<KernelFinding>>
{
    /// <inheritdoc/>
    public IReadOnlyList<KernelFinding> Of<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel> => KernelCheck.Run(kernel, gradient);
}
