using Fmm.Components;

namespace Fmm.Systems;

/// <summary>Tries a kernel's second derivatives against differences of its gradient.</summary>
internal static unsafe class HessianTrial
{
    // Of fourth order, at this share of a length; what they leave out stays below the tolerance for a kernel that has a length of a twentieth of it.
    private const double Step = 1.0 / 1024, Tolerance = 1e-6;

    /// <summary>Adds the first false one to the findings.</summary>
    public static void Run<TKernel>(TKernel kernel, KernelFacts facts, KernelFindings findings)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        double[] unit = KernelOffsets.Unit();
        if (!TKernel.HasHessian || KernelOffsets.Length(facts, unit, single: false) is not double length) return;
        if (facts.Rows != 1)
        {
            findings.Add(nameof(IKernel<Laplace>.HasHessian), new Position(unit[0], unit[1], unit[2]), 1, facts.Rows, "second derivatives are of kernels of one number a target, not {1}: leave it out");
            return;
        }
        double* charges = stackalloc double[4], found = stackalloc double[6];
        for (int c = 0; c < 4; c++) charges[c] = KernelForms.Charges[c];
        double[] offsets = KernelOffsets.Scaled(unit, length);
        for (int i = 0; i < offsets.Length; i += 3)
        {
            Position at = new(offsets[i], offsets[i + 1], offsets[i + 2]);
            ExactHessian.OfPair<TKernel, Fmm.Engine.Register1<double>>(kernel, at.X, at.Y, at.Z, charges, found);
            double[] expected = [.. Differences(facts, at, Step * length)];
            double size = expected.Max(Math.Abs);
            for (int c = 0; c < 6; c++)
            {
                double value = found[c] * facts.Normalisation;
                if (Math.Abs(value - expected[c]) <= Tolerance * size) continue;
                findings.Add(
                    nameof(IKernel<Laplace>.AddHessian), at, expected[c], value,
                    $"the second derivative along {"xxxyyz"[c]} and {"xyzyzz"[c]} is {{1:g6}}, but {{0:g6}} by differences of the gradient: mend the one or the other");
                return;
            }
        }
    }

    private static IEnumerable<double> Differences(KernelFacts facts, Position at, double step)
    {
        for (int a = 0; a < 3; a++)
        {
            double[] slopes = new double[3];
            for (int point = -2; point <= 2; point++)
            {
                if (point == 0) continue;
                double weight = (Math.Abs(point) == 1 ? 8 : -1) * Math.Sign(point) / (12 * step), far = point * step;
                double[] gradient = Gradient(facts, a == 0 ? at.X + far : at.X, a == 1 ? at.Y + far : at.Y, a == 2 ? at.Z + far : at.Z);
                for (int b = 0; b < 3; b++) slopes[b] += weight * gradient[b];
            }
            for (int b = a; b < 3; b++) yield return slopes[b];
        }
    }

    private static double[] Gradient(KernelFacts facts, double x, double y, double z)
    {
        double[] matrix = new double[3 * facts.Columns], gradient = new double[3];
        facts.EvaluateGradient(x, y, z, matrix);
        for (int a = 0; a < 3; a++)
            for (int c = 0; c < facts.Columns; c++) gradient[a] += matrix[(a * facts.Columns) + c] * KernelForms.Charges[c];
        return gradient;
    }
}
