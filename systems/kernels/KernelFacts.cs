namespace Fmm.Systems;

/// <summary>A scalar form of a kernel: the matrix, or its derivatives, at an offset.</summary>
internal delegate void KernelForm(double dx, double dy, double dz, Span<double> matrix);

/// <summary>What a kernel declares, and its scalar forms: so the checks are compiled once for all kernels.</summary>
internal sealed record KernelFacts(
    string Name, int Rows, int Columns, int? Degree, bool IsMutual, double Normalisation, KernelForm Evaluate, KernelForm EvaluateGradient)
{
    public static KernelFacts Of<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel> => new(
            TKernel.Name, TKernel.PotentialComponents, TKernel.SourceComponents, TKernel.Degree, TKernel.IsMutual, kernel.Normalisation,
            kernel.Evaluate, kernel.EvaluateGradient);
}
