namespace Fmm.Samples;

/// <summary>The range that colours span: all but the outermost hundredths, and around 0 where there are both signs.</summary>
/// <param name="Low">The lowest number.</param>
/// <param name="High">The highest, above it.</param>
/// <param name="IsSigned">Whether it lies around 0.</param>
internal readonly record struct NumberRange(double Low, double High, bool IsSigned)
{
    private const int Most = 4000;

    /// <summary>The range of the fourth number of each row.</summary>
    public static NumberRange Of(ReadOnlySpan<float> rows)
    {
        int count = rows.Length / 4, stride = Math.Max(1, count / Most);
        List<float> some = new((count / stride) + 1);
        for (int i = 0; i < count; i += stride)
            if (float.IsFinite(rows[(4 * i) + 3])) some.Add(rows[(4 * i) + 3]);
        if (some.Count == 0) return new NumberRange(0, 1, false);
        some.Sort();
        double low = some[(int)(0.01 * (some.Count - 1))], high = some[(int)Math.Ceiling(0.99 * (some.Count - 1))];
        bool isSigned = low < 0 && high > 0 && Math.Min(-low, high) > 0.1 * Math.Max(-low, high);
        if (isSigned) (low, high) = (-Math.Max(-low, high), Math.Max(-low, high));
        double room = low == high ? Math.Max(1e-30, Math.Abs(low) / 2) : 0;
        return new NumberRange(low - room, high + room, isSigned);
    }

    /// <summary>Where a number lies in it: 0 at the lowest, 1 at the highest.</summary>
    public double At(double number) => (number - Low) / (High - Low);
}
