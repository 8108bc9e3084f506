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
    /// proportion to within a factor of 1.41. A time that is 20 % off by noise therefore changes nothing, and a proportion that is
    /// 41 % off moves the best leaf by a fifth, where the curve of the cost is flat to 2 %.
    /// </summary>
    internal double NearOverFar => Math.Pow(2, Math.Round(Math.Log2(Near / Transfer)));
}
