namespace Fmm.Systems;

/// <summary>
/// How densely sorted points lie, for a look at whether they changed: the volumes that hold a sixty-fourth of the points each, and those
/// that hold 32 neighbours at as many places, both as powers of two and sorted, so that neither a turn nor a shift counts.
/// A few microseconds, whatever the number of points.
/// </summary>
internal sealed unsafe class CloudProfile
{
    private const int Places = 64;
    private const int Neighbours = 32;
    private const double Most = 0.5;
    private readonly double[] _coarse = new double[Places];
    private readonly double[] _fine = new double[Places];

    /// <summary>Number of points.</summary>
    public int Count { get; private set; }

    /// <summary>Looks at points.</summary>
    /// <param name="keys">Their keys, ascending.</param>
    public void Read(SortedKeys keys)
    {
        Count = keys.Count;
        for (int place = 0; place < Places && Count > 0; place++)
        {
            int start = At(place), last = Count - 1;
            _coarse[place] = Octaves(keys.Keys[start], keys.Keys[Math.Min(last, At(place + 1))]);
            _fine[place] = Octaves(keys.Keys[start], keys.Keys[(int)Math.Min(last, start + (long)Neighbours)]);
        }
        Array.Sort(_coarse);
        Array.Sort(_fine);
    }

    /// <summary>
    /// Tells whether points are so much like others that the same tree serves: their number within a sixteenth, and the volumes
    /// within half a power of two on average. Other draws of a cube or a sphere differ by 0.05 to 0.5; a cube turned by 37 degrees or
    /// pressed to half its height by 1, one with a tenth of its points drawn together by 1.5.
    /// </summary>
    /// <param name="other">The others.</param>
    public bool IsLike(CloudProfile other)
    {
        if (16 * Math.Abs((long)Count - other.Count) > other.Count) return false;
        double coarse = 0, fine = 0;
        for (int place = 0; place < Places && Count > 0; place++)
        {
            coarse += Math.Abs(_coarse[place] - other._coarse[place]);
            fine += Math.Abs(_fine[place] - other._fine[place]);
        }
        return Math.Max(coarse, fine) < Most * Places;
    }

    private int At(int place) => (int)((long)place * Count / Places);

    private static double Octaves(ulong from, ulong to) => Math.Log2(to - from + 1.0);
}
