namespace Fmm.Systems;

/// <summary>What a kernel's matrix is seen from the other end of a pair.</summary>
internal static class KernelTransposition
{
    // Of values that follow from each other exactly but for rounding.
    private const double Rounding = 1e-12;

    /// <summary>1 where K(-d) is the transpose of K(d), -1 where it is its negative, 0 where it is neither; by trying it at some offsets.</summary>
    public static int Sign<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int n = TKernel.SourceComponents;
        if (n != TKernel.PotentialComponents) return 0;
        double[] offsets = KernelOffsets.Scaled(KernelOffsets.Unit(), KernelOffsets.Length(kernel)), there = new double[n * n], back = new double[n * n];
        bool same = true, negative = true;
        for (int at = 0; at < offsets.Length; at += 3)
        {
            TKernel.Evaluate(kernel, offsets[at], offsets[at + 1], offsets[at + 2], there);
            TKernel.Evaluate(kernel, -offsets[at], -offsets[at + 1], -offsets[at + 2], back);
            double size = there.Max(Math.Abs);
            for (int i = 0; i < n * n; i++)
            {
                double mirrored = there[(i % n * n) + (i / n)];
                same &= Math.Abs(back[i] - mirrored) <= Rounding * size;
                negative &= Math.Abs(back[i] + mirrored) <= Rounding * size;
            }
        }
        return same ? 1 : negative ? -1 : 0;
    }
}
