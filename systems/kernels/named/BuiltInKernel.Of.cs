namespace Fmm.Systems;

/// <summary>A built-in kernel of a type.</summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
internal sealed class BuiltInKernel<TKernel>(string formula, KernelParameter[] parameters, Func<double[], TKernel> make, string[]? charges = null, bool isComplex = false)
    : BuiltInKernel(formula, parameters, charges, isComplex)
    where TKernel : unmanaged, IKernel<TKernel>
{
    public override string Name => TKernel.Name;

    public override int SourceComponents => TKernel.SourceComponents;

    public override int PotentialComponents => TKernel.PotentialComponents;

    public override int? Degree => TKernel.Degree;

    public override KernelParity Parity => TKernel.Parity;

    public override bool HasHessian => TKernel.HasHessian;

    public override TResult Use<TResult>(IKernelUse<TResult> use, ReadOnlySpan<double> values)
    {
        if (values.Length != Parameters.Count)
            throw new ArgumentException($"{values.Length} values were given for the {Parameters.Count} parameters of the kernel {Name}.", nameof(values));
        return use.Of(make(values.ToArray()));
    }
}
