namespace Fmm.Systems;

/// <summary>
/// The largest orders that the short roots of 512 bits are taken for: the root's relative error, in the mean over pairs, is a fifth or less
/// of the order's (<see cref="FmmOptions"/> has the errors of orders).
/// </summary>
internal static class RootDigits
{
    /// <summary>Single precision, the estimate as it stands: 1.8e-5 beside 1.8e-4 at order 4.</summary>
    public const int EstimateOrder = 4;

    /// <summary>Double precision, one Newton step: 6e-10 beside 5e-9 at order 9.</summary>
    public const int NewtonOrder = 9;

    /// <summary>Double precision, one step of third order: 5e-14 beside 1.8e-11 at order 12.</summary>
    public const int CubicOrder = 12;
}
