namespace Fmm.Systems;

/// <summary>Offsets at which a kernel tells what it is: random directions, lengths of a half to two of a length that suits it.</summary>
/// <remarks>
/// They are the same in every process. All are numbers of single precision times a power of two, so that neither precision rounds them.
/// </remarks>
internal static class KernelOffsets
{
    /// <summary>Their number.</summary>
    public const int Count = 20;

    // Fifth powers of lengths, as gradients have them, stay within the range of the precision.
    private const int SingleExponent = 20, DoubleExponent = 148, ExponentStep = 4;

    // Over more of its wavelengths rounding of the offset would decide a kernel's phase.
    private const double Waves = 4;

    // Between the offsets of one set a kernel may fall by this much; more would leave nothing to compare.
    private const double Decay = 1e-12;

    /// <summary>x, y and z of each offset in units of 1.</summary>
    public static double[] Unit()
    {
        Random random = new(20);
        double[] offsets = new double[3 * Count];
        for (int i = 0; i < Count; i++)
        {
            double length = Math.Pow(4, random.NextDouble() - 0.5), z = (2 * random.NextDouble()) - 1, angle = 2 * Math.PI * random.NextDouble();
            double flat = length * Math.Sqrt(1 - (z * z));
            offsets[3 * i] = (float)(flat * Math.Cos(angle));
            offsets[(3 * i) + 1] = (float)(flat * Math.Sin(angle));
            offsets[(3 * i) + 2] = (float)(length * z);
        }
        return offsets;
    }

    /// <summary>
    /// The length, a power of two as near to 1 as can be, at which no value is lost below or above the precision's range, nor a phase; null where there
    /// is none, as for a kernel that is screened within less than the smallest distance.
    /// </summary>
    public static double? Length(KernelFacts facts, ReadOnlySpan<double> unit, bool single)
    {
        int largest = single ? SingleExponent : DoubleExponent;
        for (int exponent = 0; exponent <= largest; exponent += ExponentStep)
        {
            if (Suits(facts, unit, Math.ScaleB(1, -exponent), single)) return Math.ScaleB(1, -exponent);
            if (exponent > 0 && Suits(facts, unit, Math.ScaleB(1, exponent), single)) return Math.ScaleB(1, exponent);
        }
        return null;
    }

    /// <summary>All of them times a factor.</summary>
    public static double[] Scaled(double[] offsets, double factor)
    {
        double[] scaled = new double[offsets.Length];
        for (int i = 0; i < offsets.Length; i++) scaled[i] = factor * offsets[i];
        return scaled;
    }

    /// <summary>The same for a kernel in double precision; 1 where there is none.</summary>
    public static double Length<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel> => Length(KernelFacts.Of(kernel), Unit(), single: false) ?? 1;

    private static bool Suits(KernelFacts facts, ReadOnlySpan<double> unit, double length, bool single)
    {
        if (length > Waves * facts.Wavelength) return false;
        Span<double> matrix = stackalloc double[facts.Rows * facts.Columns];
        double least = double.PositiveInfinity, most = 0, scale = Math.Abs(facts.Normalisation);
        for (int i = 0; i < unit.Length; i += 3)
        {
            facts.Evaluate(length * unit[i], length * unit[i + 1], length * unit[i + 2], matrix);
            double size = 0;
            foreach (double element in matrix)
            {
                if (!double.IsFinite(element)) return false;
                size = Math.Max(size, Math.Abs(element));
            }
            least = Math.Min(least, size);
            most = Math.Max(most, size);
        }
        // The registers' sums are those without the normalisation.
        double range = single ? 1e12 : 1e150;
        return least > Decay * most && least > 1e-306 && most < 1e290 && most / scale < range && least / scale > 1 / range;
    }
}
