namespace Fmm.Systems;

/// <summary>A kernel in other units of length.</summary>
internal static class KernelUnits
{
    /// <summary>Tells whether a kernel can be expressed in any unit.</summary>
    public static bool Supports<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel> => TKernel.TryRescale(kernel, 2, out _, out _);

    /// <summary>The kernel K' and the factor with K(unit d) = factor K'(d).</summary>
    /// <exception cref="InvalidOperationException">The unit is not 1, and the kernel has no other.</exception>
    public static TKernel At<TKernel>(TKernel kernel, double unit, out double factor)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        factor = 1;
        if (unit == 1) return kernel;
        return TKernel.TryRescale(kernel, unit, out TKernel rescaled, out factor)
            ? rescaled
            : throw new InvalidOperationException($"The kernel {TKernel.Name} can't be expressed in units of {unit}: its lengths must stay unscaled.");
    }
}
