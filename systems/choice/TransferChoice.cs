namespace Fmm.Systems;

/// <summary>The strategy of M2L when the user names none.</summary>
internal static class TransferChoice
{
    // Beyond it the compressed operators take half a second and more to compute, which two or three evaluations of a million points bring
    // back, and at order 16 what they drop adds 12 to 17 % to the error.
    private const int LargestCompressed = 13;

    // In single precision the compressed products round a little more than the transform: seen from order 7 on, where the order's
    // own error has sunk below rounding (a million points in the cube: 6.4e-7 at order 8 and 7.6e-7 at 10, by transform 5e-7).
    private const int LargestCompressedSingle = 6;

    // Octets about an octet on a surface; in a volume they are up to 26.
    private const int Neighbours = 9;

    /// <summary>
    /// The candidate with the lowest cost of an octet at this order and precision on the reference machine. Dense is the
    /// oracle of the tests and never the fastest. Compressed is none for a kernel without mirror images, nor for one with operators
    /// of their own on each level: they take three to five times as long to compute, which a few evaluations do not bring back.
    /// </summary>
    public static TransferStrategy For<TKernel>(TKernel kernel, int order, Precision precision)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int largest = precision == Precision.Single ? LargestCompressedSingle : LargestCompressed;
        if (TKernel.Degree is null || order > largest || !KernelSymmetry.HasMirrors(kernel)) return TransferStrategy.Fft;
        ReferenceCosts costs = ReferenceCosts.Of(precision);
        return Octet(TransferStrategy.Compressed) < Octet(TransferStrategy.Fft) ? TransferStrategy.Compressed : TransferStrategy.Fft;

        double Octet(TransferStrategy strategy)
        {
            (double pair, double octet) = costs.Transfer(strategy, order);
            return (Neighbours * pair) + octet;
        }
    }
}
