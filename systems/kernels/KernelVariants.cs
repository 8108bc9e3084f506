using System.Globalization;
using Fmm.Components;

namespace Fmm.Systems;

/// <summary>Holds what stands for a kernel elsewhere against the kernel: itself in another unit of length, and its formula far away.</summary>
internal static class KernelVariants
{
    // What follows from each other but for rounding; of a phase or an exponent it grows with these.
    private const double Rounding = 1e-7;

    // Digits of smaller lengths are lost in other units.
    private const double Nothing = 1e-300;

    private static readonly Compared _rescaled = new(
        nameof(IKernel<Laplace>.TryRescale), "in units of {2:g6} its factor times its K' is {1:g6}, but K is {0:g6}: K(unit d) = factor K'(d)");

    private static readonly Compared _far = new(
        nameof(IKernel<Laplace>.FarBlock), "the far formula is {1:g6}, but K is {0:g6}, farther away than its Reach of {2:g6}: mend the one, or give a longer reach");

    private readonly record struct Compared(string Declaration, string Told);

    /// <summary>Adds what is false of <see cref="IKernel{TSelf}.TryRescale"/>, <see cref="IKernel{TSelf}.Reach"/> and <see cref="IKernel{TSelf}.FarBlock"/>.</summary>
    public static void Run<TKernel>(TKernel kernel, KernelFindings findings)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        KernelFacts facts = KernelFacts.Of(kernel);
        double[] unit = KernelOffsets.Unit();
        if (TKernel.HasFarForm) Far(kernel, facts, unit, findings);
        if (KernelOffsets.Length(facts, unit, single: false) is not double length) return;
        foreach (double other in (ReadOnlySpan<double>)[8, 1.0 / 8])
            if (TKernel.TryRescale(kernel, other, out TKernel rescaled, out double factor)) Rescaled(kernel, facts, KernelOffsets.Scaled(unit, length), (rescaled, other, factor), findings);
    }

    private static void Rescaled<TKernel>(TKernel kernel, KernelFacts facts, double[] offsets, (TKernel Kernel, double Unit, double Factor) other, KernelFindings findings)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        KernelFacts there = KernelFacts.Of(other.Kernel);
        string place = FormattableString.Invariant($"in units of {other.Unit} its");
        // Each holds its own Normalisation, which stays what it is.
        Compare(facts.Evaluate, (x, y, z, matrix) => there.Evaluate(x / other.Unit, y / other.Unit, z / other.Unit, matrix), other.Factor, facts, offsets, other.Unit, _rescaled, findings);
        double reach = TKernel.Reach(kernel), its = TKernel.Reach(other.Kernel) * other.Unit;
        if (TKernel.HasFarForm && its != reach && !(Math.Abs(its - reach) <= (Rounding * reach) + Nothing))
            findings.Add(_rescaled.Declaration, At(offsets, 0), reach, its, $"{place} reach is {{1:g6}} in place of {{0:g6}}: give its lengths in the new unit");
        if (!TKernel.TryScreened(kernel, out double strength, out double screening)) return;
        bool has = TKernel.TryScreened(other.Kernel, out double itsStrength, out double itsScreening);
        double back = has ? itsScreening / other.Unit : double.NaN, force = itsStrength * other.Factor * other.Unit;
        if (!(Math.Abs(back - screening) <= (Rounding * screening) + Nothing))
            findings.Add(_rescaled.Declaration, At(offsets, 0), screening, back, $"{place} screening is {{1:g6}} in place of {{0:g6}}: give its lengths in the new unit");
        else if (!(Math.Abs(force - strength) <= Rounding * Math.Abs(strength)))
            findings.Add(_rescaled.Declaration, At(offsets, 0), strength, force, $"{place} strength is {{1:g6}} in place of {{0:g6}}: K(unit d) = factor K'(d)");
    }

    private static void Far<TKernel>(TKernel kernel, KernelFacts facts, double[] unit, KernelFindings findings)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        double reach = TKernel.Reach(kernel);
        if (!(reach >= 0))
        {
            findings.Add(nameof(IKernel<Laplace>.Reach), At(unit, 0), 0, reach, "it is {1}: give a distance, 0 or more");
            return;
        }
        KernelFacts far = KernelFacts.Of(new FarForm<TKernel>(kernel));
        double shortest = double.PositiveInfinity;
        for (int i = 0; i < unit.Length; i += 3) shortest = Math.Min(shortest, Math.Sqrt((unit[i] * unit[i]) + (unit[i + 1] * unit[i + 1]) + (unit[i + 2] * unit[i + 2])));
        double? length = reach > 0 ? reach * 1.0001 / shortest : KernelOffsets.Length(facts, unit, single: false);
        if (length is double from && double.IsFinite(from)) Compare(facts.Evaluate, far.Evaluate, 1, facts, KernelOffsets.Scaled(unit, from), reach, _far, findings);
    }

    private static void Compare(KernelForm kernel, KernelForm other, double factor, KernelFacts facts, double[] offsets, double told, Compared what, KernelFindings findings)
    {
        double[] expected = new double[facts.Rows * facts.Columns], found = new double[expected.Length];
        for (int i = 0; i < offsets.Length; i += 3)
        {
            Position at = At(offsets, i);
            kernel(at.X, at.Y, at.Z, expected);
            other(at.X, at.Y, at.Z, found);
            double size = expected.Max(Math.Abs);
            // What leaves the range of the numbers tells nothing.
            if (!(size is > 1e-280 and < 1e280)) continue;
            for (int n = 0; n < expected.Length; n++)
            {
                double value = factor * found[n];
                if (Math.Abs(value - expected[n]) <= Rounding * size) continue;
                findings.Add(what.Declaration, at, expected[n], value, what.Told.Replace("{2:g6}", told.ToString("g6", CultureInfo.InvariantCulture)));
                return;
            }
        }
    }

    private static Position At(double[] offsets, int i) => new(offsets[i], offsets[i + 1], offsets[i + 2]);
}
