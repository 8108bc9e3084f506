using Fmm.Components;

namespace Fmm.Systems;

/// <summary>The checks of a kernel's formula in registers against the scalar form.</summary>
internal sealed class KernelForms(KernelFacts facts, KernelFindings findings, IKernelForms registers, double[] unit, bool single, double tolerance)
{
    private readonly double? _length = KernelOffsets.Length(facts, unit, single);

    /// <summary>The most numbers of a potential that has a gradient.</summary>
    public const int MostWithGradient = 3;

    /// <summary>Charges that don't sum up to 0 or stand for another.</summary>
    public static double[] Charges { get; } = [0.8125, -0.59375, 1.34375, -1.0625, 0.6875, 1.15625];

    /// <summary>Runs the formula of the potential, and that of the gradient beside it if it is wanted.</summary>
    public void Run(bool gradient)
    {
        string form = facts.Formula(gradient);
        if (gradient && facts.Rows > MostWithGradient)
        {
            findings.Add(form, new Position(unit[0], unit[1], unit[2]), MostWithGradient, facts.Rows, "a potential of {1} numbers has no gradient, one of {0} at most has: ask for no gradient");
            return;
        }
        Try(form, gradient ? "implement it, or ask for no gradient" : "implement it", () =>
        {
            if (_length is double length)
            {
                double[] offsets = KernelOffsets.Scaled(unit, length), fields = Fields(offsets);
                KernelReference reference = new(facts, offsets, Charges, length, single, gradient);
                for (int times = 1; times <= 2; times++)
                {
                    registers.Add(gradient, offsets, Charges, times, fields);
                    if (!findings.Compare(reference, fields, times, tolerance, form)) break; // what is wrong once says nothing of twice
                }
            }
            Finite(form, (offsets, fields) => registers.Add(gradient, offsets, Charges, 1, fields));
            Nothing(gradient);
        });
    }

    // Pairs at distance zero are left out by their own numbers.
    private void Nothing(bool gradient)
    {
        double[] fields = Fields(unit);
        registers.AddNothing(gradient, unit, Charges, fields);
        int at = Array.FindIndex(fields, field => field != 0);
        if (at < 0) return;
        int i = 3 * (at / KernelReference.Fields);
        findings.Add(
            nameof(IKernel<Laplace>.Block), new Position(unit[i], unit[i + 1], unit[i + 2]), 0, fields[at],
            "where A, B, C and D are 0 the formula gives {1}: let each term have one of them as a factor");
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
