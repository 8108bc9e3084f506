using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>Finds out whether a kernel has a gradient: one without it says so when it is asked.</summary>
internal sealed class GradientOfKernel : IKernelUse<GradientOfKernel>
{
    /// <summary>Whether it has one.</summary>
    public bool HasGradient { get; private set; }

    /// <inheritdoc/>
    public GradientOfKernel Of<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        try
        {
            TKernel.EvaluateGradient(kernel, 1, 0.5, 0.25, new double[3 * TKernel.PotentialComponents * TKernel.SourceComponents]);
            HasGradient = true;
        }
        catch (NotSupportedException)
        {
            HasGradient = false;
        }

        return this;
    }
}
