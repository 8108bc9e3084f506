namespace Fmm.Systems;

/// <summary>
/// The names of the matrices that <see cref="CompressedBuilder{TKernel}"/> computes for boxes of one level, as <see cref="PlainMatrices"/> keeps
/// them. Of the 26 classes of sources about an octet (<see cref="OctetMirrors"/>) only those are there that stand for their images under
/// permutations of the axes: 9 if the kernel keeps to these.
/// </summary>
internal static class CompressedMatrices
{
    /// <summary>The side of the densities.</summary>
    public const string Source = "source";

    /// <summary>The side of the check potentials.</summary>
    public const string Target = "target";

    /// <summary>Permutations of the axes that the kernel keeps to, 1 or 6: one number.</summary>
    public const string Permutations = "permutations";

    /// <summary>The common basis of a side: the parity of each function, the most significant first, in one row.</summary>
    public static string Parity(string side) => $"{side}/parity";

    /// <summary>The functions of a parity, orthonormal, a row each: their values at the surface's numbers of that segment.</summary>
    public static string Functions(string side, int parity) => $"{side}/functions/{parity}";

    /// <summary>What a permutation makes of each coefficient of the basis: a row each, the numbers of a <see cref="CoefficientImage"/>.</summary>
    public static string Images(string side, int permutation) => $"{side}/images/{permutation}";

    /// <summary>Four numbers of a class: 1 if its transfers have one factor, else 0; its rank; leading coefficients of sources, and of targets.</summary>
    public static string Class(int ring) => $"class/{ring}";

    /// <summary>The first factor of a class, if it has two: leading coefficients of a source to its rank.</summary>
    public static string Gather(int ring) => $"class/{ring}/gather";

    /// <summary>
    /// The second factor of a class for a source in each of eight mirror images, summed with the signs of each parity: a row a parity, in it
    /// a matrix of target coefficients by rank, row by row, with zeros up to a multiple of four numbers.
    /// </summary>
    public static string Spread(int ring) => $"class/{ring}/spread";

    /// <summary>Whether a name is one of <see cref="Spread"/>.</summary>
    public static bool IsSpread(string name) => name.EndsWith("/spread", StringComparison.Ordinal);
}
