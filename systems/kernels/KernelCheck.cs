using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Holds a kernel to what it declares, at 20 offsets that are the same in every process: the formula in registers against the scalar form, the
/// gradient against differences, degree, parity, numbers of components, normalisation. A method does it for what it will
/// run when it is made; a test of a kernel of one's own calls <see cref="Run{TKernel}"/>.
/// </summary>
/// <remarks>
/// The offsets have lengths at which the kernel's values keep their digits: about 1, or as near to that as can be. Where there is no such length in
/// a precision (a Yukawa kernel of k = 1e300), its values are only looked at for what is not a number. Whether a kernel solves an elliptic
/// equation no pair of points tells: see <see cref="FmmReport.Warnings"/>.
/// </remarks>
public static class KernelCheck
{
    // Single precision and what kernels of many steps make of it; double precision, where the order asks for no less.
    private const double Single = 1e-4, Finest = 1e-9;

    /// <summary>Checks all forms of a kernel, in single and double precision, with the widest registers of the machine.</summary>
    /// <param name="kernel">The kernel, with the parameters that it will be used with.</param>
    /// <param name="gradient">False for a kernel that has no gradient.</param>
    /// <returns>What was found false, one finding a declaration; empty for a sound kernel.</returns>
    public static IReadOnlyList<KernelFinding> Run<TKernel>(TKernel kernel, bool gradient = true)
        where TKernel : unmanaged, IKernel<TKernel> => RegisterWidths.Best switch
        {
            RegisterWidth.Bits512 when RegisterWidths.Has512 => Both<TKernel, Register512<float>, Register512<double>>(kernel, gradient),
            RegisterWidth.Bits256 when RegisterWidths.Has256 => Both<TKernel, Register256<float>, Register256<double>>(kernel, gradient),
            RegisterWidth.Bits128 when RegisterWidths.Has128 => Both<TKernel, Register128<float>, Register128<double>>(kernel, gradient),
            RegisterWidth.Scalar when RegisterWidths.HasScalar => Both<TKernel, Register1<float>, Register1<double>>(kernel, gradient),
            _ => throw RegisterWidths.Missing(RegisterWidths.Best),
        };

    /// <summary>What is not false of a kernel but makes it slow: a formula that the JIT is not told to inline. A method's warnings have it, too.</summary>
    /// <returns>A sentence each, with the remedy; mostly none.</returns>
    public static IReadOnlyList<string> Warnings<TKernel>()
        where TKernel : unmanaged, IKernel<TKernel> => KernelInlining.Warnings<TKernel>();

    /// <summary>Checks the forms that a method will run.</summary>
    /// <exception cref="KernelException">One of them is not what the kernel declares.</exception>
    internal static void Demand<TKernel, T, TRegister>(TKernel kernel, bool gradient, int order)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        // What the expansions leave out anyway, registers may leave out, too.
        double tolerance = Math.Clamp(ErrorOfOrder.Least(order), Finest, Single);
        IReadOnlyList<KernelFinding> findings = Of<TKernel, T, TRegister>(kernel, gradient, all: false, tolerance);
        if (findings.Count == 0) findings = Variants<TKernel, T, TRegister>(kernel, gradient, tolerance);
        if (findings.Count > 0) throw new KernelException(findings);
    }

    private static IReadOnlyList<KernelFinding> Both<TKernel, TSingle, TDouble>(TKernel kernel, bool gradient)
        where TKernel : unmanaged, IKernel<TKernel>
        where TSingle : unmanaged, IRegister<TSingle, float>
        where TDouble : unmanaged, IRegister<TDouble, double>
    {
        IReadOnlyList<KernelFinding> findings = Of<TKernel, double, TDouble>(kernel, gradient, all: true, Finest);
        if (findings.Count == 0) findings = Of<TKernel, float, TSingle>(kernel, gradient, all: true, Finest);
        if (findings.Count == 0) findings = Variants<TKernel, double, TDouble>(kernel, gradient, Finest);
        if (findings.Count > 0 || !gradient) return findings;
        KernelFacts facts = KernelFacts.Of(kernel);
        KernelFindings second = new(facts);
        HessianTrial.Run(kernel, facts, second);
        return second.All;
    }

    private static IReadOnlyList<KernelFinding> Of<TKernel, T, TRegister>(TKernel kernel, bool gradient, bool all, double tolerance)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        bool single = typeof(T) == typeof(float);
        return Of(
            KernelFacts.Of(kernel), new KernelRegisters<TKernel, T, TRegister>(kernel), gradient, all, single,
            single ? Math.Max(Single, tolerance) : tolerance);
    }

    // What stands for the kernel elsewhere: in other units of length, and far away.
    private static IReadOnlyList<KernelFinding> Variants<TKernel, T, TRegister>(TKernel kernel, bool gradient, double tolerance)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        KernelFindings findings = new(KernelFacts.Of(kernel));
        KernelVariants.Run(kernel, findings);
        if (findings.All.Count > 0 || !TKernel.HasFarForm) return findings.All;
        FarForm<TKernel> far = new(kernel);
        return Of(
            KernelFacts.Of(far) with { Name = $"{TKernel.Name} far away" }, new KernelRegisters<FarForm<TKernel>, T, TRegister>(far), gradient, all: false,
            typeof(T) == typeof(float), typeof(T) == typeof(float) ? Math.Max(Single, tolerance) : tolerance);
    }

    // All forms, or those that a method with or without a gradient runs: P2L takes the potential alone either way.
    private static IReadOnlyList<KernelFinding> Of(
        KernelFacts facts, IKernelForms registers, bool gradient, bool all, bool single, double tolerance)
    {
        KernelFindings findings = new(facts);
        KernelTrial trial = new(facts, findings);
        double[] unit = KernelOffsets.Unit();
        if (!trial.IsUsable(unit)) return findings.All;
        double? length = KernelOffsets.Length(facts, unit, single: false);
        if (length is not null) trial.Run(KernelOffsets.Scaled(unit, length.Value));
        if (findings.All.Count > 0) return findings.All;
        KernelForms forms = new(facts, findings, registers, unit, single, tolerance);
        forms.Run(gradient: false);
        if (gradient) forms.Run(gradient: true);
        if (findings.All.Count > 0 || !all || !gradient || length is null) return findings.All;
        trial.Gradient(new KernelReference(facts, KernelOffsets.Scaled(unit, length.Value), KernelForms.Charges, length.Value, single: false, gradient: true));
        return findings.All;
    }
}
