namespace Fmm.Systems;

/// <summary>
/// Which boxes are so small against a kernel's length that the kernel is a homogeneous one to them: their operators are all the same but for a
/// factor of M2L, and are computed once, for boxes that are smaller than any in a tree.
/// </summary>
/// <remarks>
/// The kernel is compared at 60 distances from half a half width to 18; what it may be off is a thousandth of the error that the order's series
/// are cut at. A level's answer depends on nothing but the kernel and its half width, so that it is the same in every tree.
/// </remarks>
internal sealed class ScaleFreeLevels<TKernel>
    where TKernel : unmanaged, IKernel<TKernel>
{
    /// <summary>Half width of the boxes that stand for all, in units of the root's: no box of a tree is below 2^-21 of it.</summary>
    public static double HalfWidth { get; } = Math.ScaleB(1, -100);

    private const double Share = 1e-3;
    private const int MostDegree = 8;
    private readonly TKernel _kernel;
    private readonly double _tolerance;
    private readonly double[] _limit;

    /// <summary>For a kernel in units of the root.</summary>
    public ScaleFreeLevels(TKernel kernel, int order, Precision precision)
    {
        _kernel = kernel;
        _tolerance = Share * SeriesTolerance.Of(order, precision == Precision.Single);
        _limit = Values(HalfWidth);
    }

    /// <summary>The factor that the kernel of such boxes has over that of those which stand for all; null where it is another kernel to them.</summary>
    public double? Factor(double halfWidth)
    {
        double[] own = Values(halfWidth);
        int largest = 0;
        for (int i = 0; i < own.Length; i++)
        {
            if (!double.IsFinite(own[i]) || !double.IsFinite(_limit[i])) return null;
            if (Math.Abs(_limit[i]) > Math.Abs(_limit[largest])) largest = i;
        }
        if (_limit[largest] == 0) return null;
        double degree = Math.Round(Math.Log2(own[largest] / _limit[largest]) / Math.Log2(halfWidth / HalfWidth));
        if (!(Math.Abs(degree) <= MostDegree)) return null;
        double factor = Math.Pow(halfWidth / HalfWidth, degree);
        int pairs = TKernel.SourceComponents * TKernel.PotentialComponents;
        for (int start = 0; start < own.Length; start += pairs)
        {
            double size = 0, off = 0;
            for (int i = start; i < start + pairs; i++)
            {
                size = Math.Max(size, Math.Abs(factor * _limit[i]));
                off = Math.Max(off, Math.Abs(own[i] - (factor * _limit[i])));
            }
            if (off > _tolerance * size) return null;
        }
        return factor;
    }

    private double[] Values(double halfWidth)
    {
        int pairs = TKernel.SourceComponents * TKernel.PotentialComponents, at = 0;
        double[] offsets = KernelOffsets.Unit(), values = new double[offsets.Length * pairs];
        foreach (double length in (ReadOnlySpan<double>)[1, 3, 9])
        {
            for (int i = 0; i < offsets.Length; i += 3, at += pairs)
                _kernel.EvaluatePlain(length * halfWidth * offsets[i], length * halfWidth * offsets[i + 1], length * halfWidth * offsets[i + 2], values.AsSpan(at, pairs));
        }
        return values;
    }
}
