using Fmm.Components;

namespace Fmm.Systems;

/// <summary>The checks of a kernel's wide forms against the scalar one.</summary>
internal sealed class KernelForms(KernelFacts facts, KernelFindings findings, IKernelForms registers, double[] unit, bool single, double tolerance)
{
    private readonly double? _length = KernelOffsets.Length(facts, unit, single);

    /// <summary>Charges of sources and of targets: nothing that sums up to 0 or stands for another.</summary>
    public static double[] Sources { get; } = [0.8125, -0.59375, 1.34375];

    private static double[] Targets { get; } = [-1.15625, 0.71875, 0.46875];

    /// <summary>The form that adds a source's field to targets.</summary>
    public void OneWay(bool gradient)
    {
        string form = gradient ? nameof(IKernel<Laplace>.PotentialAndGradient) : nameof(IKernel<Laplace>.Potential);
        Try(form, gradient ? "implement it, or ask for no gradient" : "implement it", () =>
        {
            if (_length is double length)
            {
                double[] offsets = KernelOffsets.Scaled(unit, length), fields = Fields(offsets);
                KernelReference reference = new(facts, offsets, Sources, length, single, gradient);
                for (int times = 1; times <= 2; times++)
                {
                    registers.OneWay(gradient, offsets, Sources, times, fields);
                    findings.Compare(reference, fields, times, tolerance, form);
                }
            }
            Finite(form, (offsets, fields) => registers.OneWay(gradient, offsets, Sources, 1, fields));
        });
    }

    /// <summary>The form that adds to both sides.</summary>
    /// <param name="gradient">Whether the form with gradients is meant.</param>
    /// <param name="unmasked">The wide forms with reciprocal roots that are infinite at 0; null where nothing is declared of them.</param>
    public void Mutual(bool gradient, IKernelForms? unmasked)
    {
        string form = gradient ? nameof(IKernel<Laplace>.MutualPotentialAndGradient) : nameof(IKernel<Laplace>.MutualPotential);
        Try(form, $"implement it, or leave {nameof(IKernel<Laplace>.IsMutual)} false", () =>
        {
            if (_length is double length)
            {
                double[] offsets = KernelOffsets.Scaled(unit, length), atSources = Fields(offsets), atTargets = Fields(offsets);
                KernelReference there = new(facts, offsets, Sources, length, single, gradient);
                KernelReference here = new(facts, KernelOffsets.Scaled(unit, -length), Targets, length, single, gradient);
                for (int times = 1; times <= 2; times++)
                {
                    registers.Mutual(gradient, offsets, Sources, Targets, times, atSources, atTargets);
                    findings.Compare(there, atTargets, times, tolerance, form + " at the target");
                    findings.Compare(here, atSources, times, tolerance, form + " at the source");
                }
            }
            Finite(form, (offsets, fields) => registers.Mutual(gradient, offsets, Sources, Targets, 1, Fields(offsets), fields));
            Finite(form, (offsets, fields) => registers.Mutual(gradient, offsets, Sources, Targets, 1, fields, Fields(offsets)));
            if (unmasked is not null) Coincidence(unmasked, gradient);
        });
    }

    // What the near field relies on where it does not look for coincident points: that one spoils the sum by which it sees them.
    private void Coincidence(IKernelForms unmasked, bool gradient)
    {
        double[] zero = new double[3], atSources = Fields(zero);
        unmasked.Mutual(gradient, zero, Sources, Targets, 1, atSources, Fields(zero));
        if (!double.IsFinite(atSources[0])) return;
        findings.Add(
            nameof(IKernel<Laplace>.ShowsCoincidence), default, double.PositiveInfinity, atSources[0],
            "declared, but where InverseSqrt(0) is infinite the first component at the source is {1:g6}: leave it false");
    }

    private static double[] Fields(double[] offsets) => new double[KernelReference.Fields * (offsets.Length / 3)];

    // Whatever the kernel's length, a pair at distance zero, or one beyond all that can be told from zero, must not spoil a sum.
    private void Finite(string form, Action<double[], double[]> run)
    {
        double[] zero = new double[3];
        All(zero, "at distance zero it gives {1}: take InverseSqrt of the squared distance, which is 0 there, and multiply by nothing that is infinite");
        if (_length is null) All(unit, "it gives {1}: see that no step leaves the range of the numbers");

        void All(double[] offsets, string told)
        {
            double[] fields = Fields(offsets);
            run(offsets, fields);
            int at = Array.FindIndex(fields, field => !double.IsFinite(field));
            if (at < 0) return;
            int i = 3 * (at / KernelReference.Fields);
            findings.Add(form, new Position(offsets[i], offsets[i + 1], offsets[i + 2]), 0, fields[at], told);
        }
    }

    private void Try(string form, string remedy, Action check)
    {
        try
        {
            check();
        }
        catch (Exception fault) when (fault is NotSupportedException or NotImplementedException)
        {
            findings.Add(form, default, 0, double.NaN, $"it is missing: {remedy}");
        }
    }
}
