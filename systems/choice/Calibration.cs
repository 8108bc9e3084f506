namespace Fmm.Systems;

/// <summary>
/// How this machine compares with the one that the reference costs were measured on. Only the ratio of the two counts: it is what
/// balances leaves between near and far field.
/// </summary>
/// <param name="Near">Seconds of a near-field pair here over the reference's; positive.</param>
/// <param name="Transfer">Seconds of a multiplication of M2L here over the reference's; positive.</param>
public readonly record struct Calibration(double Near, double Transfer)
{
    /// <summary>The reference machine itself: choices are then the same on every machine.</summary>
    public static Calibration Reference => new(1, 1);

    /// <summary>
    /// The factor that the choice of a leaf takes, a power of two: 1 where near field and transfers are in the reference's
    /// proportion to within a factor of two. On the reference machine itself the measured proportion went from 0.7 to 1.2 with the
    /// load of the processor's other threads: that must not change a choice. And a proportion that is off by two moves the best leaf
    /// by a factor of 1.4, where the cost, near field times s and far field over s, is 6 % above its least.
    /// </summary>
    internal double NearOverFar
    {
        get
        {
            double octaves = Math.Log2(Near / Transfer);
            return Math.Abs(octaves) < 1 ? 1 : Math.Pow(2, Math.Round(octaves));
        }
    }
}
