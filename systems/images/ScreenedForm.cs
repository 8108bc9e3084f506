using Fmm.Components;

namespace Fmm.Systems;

/// <summary>Holds a kernel to the form that it declares for boxes that repeat (<see cref="IKernel{TSelf}.TryScreened"/>).</summary>
internal static class ScreenedForm
{
    private const double Rounding = 1e-9;

    // Each charge's own sum over images is 4 pi / (V k^2), of which neutral charges leave next to nothing.
    private const double LeastScreening = 1e-3;

    /// <summary>Refuses a kernel without that form, or with another.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="box">The box.</param>
    /// <exception cref="FmmOptionException">It declares none.</exception>
    /// <exception cref="KernelException">At half to two of the shortest period it is something else.</exception>
    public static void Demand<TKernel>(TKernel kernel, PeriodicBox box)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        if (!TKernel.TryScreened(kernel, out double strength, out double screening))
        {
            throw new FmmOptionException(
                nameof(FmmOptions.Periodic), box, $"the kernel {TKernel.Name} has no sum over images; choose one that is exp(-k r)/r far away and says so (IKernel.TryScreened), or leave the box out.");
        }
        if (!(screening >= 0 && double.IsFinite(strength)) || TKernel.SourceComponents * TKernel.PotentialComponents != 1)
            throw Refused<TKernel>(default, screening, TKernel.SourceComponents, "takes a screening of 0 or more, a finite strength, and one number a source and a target");
        if (screening > 0 && screening * box.Longest < LeastScreening)
        {
            throw new FmmOptionException(nameof(FmmOptions.Periodic), box, FormattableString.Invariant(
                $"the kernel {TKernel.Name} is screened by {screening}, which times the edge of {box.Longest} is below {LeastScreening}: what neutral charges leave of its sum over images has lost its digits; take Laplace, which is what it is without screening."));
        }
        double[] offsets = KernelOffsets.Unit();
        Span<double> value = stackalloc double[1];
        for (int i = 0; i < offsets.Length; i += 3)
        {
            Position at = new(box.Shortest * offsets[i], box.Shortest * offsets[i + 1], box.Shortest * offsets[i + 2]);
            kernel.EvaluatePlain(at.X, at.Y, at.Z, value);
            double r = Math.Sqrt((at.X * at.X) + (at.Y * at.Y) + (at.Z * at.Z)), expected = strength * Math.Exp(-screening * r) / r;
            // The exponent's rounding grows with it.
            if (!(Math.Abs(value[0] - expected) <= (Rounding * (1 + (screening * r)) * Math.Abs(expected)) + 1e-300))
                throw Refused<TKernel>(at, expected, value[0], FormattableString.Invariant($"says strength exp(-screening r)/r, which is {expected}, but the kernel is {value[0]} there: give both as they are, or no form"));
        }
    }

    private static KernelException Refused<TKernel>(Position at, double expected, double found, string why)
        where TKernel : unmanaged, IKernel<TKernel> =>
        new([new KernelFinding("TryScreened", at, expected, found, FormattableString.Invariant($"Kernel {TKernel.Name}, TryScreened, at d = ({at.X:g3}, {at.Y:g3}, {at.Z:g3}): it {why}."))]);
}
