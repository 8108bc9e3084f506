namespace Fmm.Systems;

/// <summary>A scalar form of a kernel: the matrix, or its derivatives, at an offset.</summary>
internal delegate void KernelForm(double dx, double dy, double dz, Span<double> matrix);

/// <summary>What a kernel declares, and its scalar forms: so the checks are compiled once for all kernels.</summary>
internal sealed record KernelFacts(
    string Name, bool IsRadial, int Rows, int Columns, int? Degree, KernelParity Parity, double Normalisation, double Wavelength, KernelForm Evaluate, KernelForm EvaluateGradient)
{
    public static KernelFacts Of<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel> => new(
            TKernel.Name, TKernel.IsRadial, TKernel.PotentialComponents, TKernel.SourceComponents, TKernel.Degree, TKernel.Parity,
            TKernel.Normalisation(kernel), TKernel.Wavelength(kernel), (dx, dy, dz, matrix) => TKernel.Evaluate(kernel, dx, dy, dz, matrix), (dx, dy, dz, matrix) => TKernel.EvaluateGradient(kernel, dx, dy, dz, matrix));

    /// <summary>The method that holds the formula of potentials, or of gradients.</summary>
    public string Formula(bool gradient) => IsRadial
        ? nameof(IRadialKernel<Laplace>.Profile)
        : gradient ? nameof(IKernel<Laplace>.AddGradient) : nameof(IKernel<Laplace>.AddPotential);
}
