namespace Fmm.Systems;

/// <summary>
/// The names of the matrices that <see cref="OperatorBuilder{TKernel}"/> computes for boxes of one level, as <see cref="PlainMatrices"/> keeps
/// them. A matrix acts on a column: it has a row for each number that it makes, a column for each that it is given.
/// </summary>
/// <remarks>
/// Multipoles and locals are sorted by parity into segments (<see cref="ParityPoints"/>): of a kernel with mirror images each segment is
/// translated by a matrix of its own, of one without segment 0 holds everything.
/// </remarks>
internal static class LevelMatrices
{
    /// <summary>The blocks of the series between a leaf's points and its expansions: a row each, I, J and chunks of <see cref="SeriesBlock"/>.</summary>
    public const string Series = "series";

    /// <summary>Ranks that the solves for multipoles and for locals keep: two numbers.</summary>
    public const string Ranks = "ranks";

    /// <summary>Relative error of the expansions at a few points: one number.</summary>
    public const string Misfit = "misfit";

    /// <summary>Moments of a parity, of one component of the sources, to densities.</summary>
    public static string P2M(int parity, int component) => $"P2M/{parity}/{component}";

    /// <summary>
    /// Densities of children to the parent's densities of a segment. With mirrors the column's numbers are sums over the eight children with
    /// the signs of the segment's parity, without them the children's own, one child after the other.
    /// </summary>
    public static string M2M(int segment) => $"M2M/{segment}";

    /// <summary>The parent's check potentials of a segment to those of the children, as in <see cref="M2M"/>.</summary>
    public static string L2L(int segment) => $"L2L/{segment}";

    /// <summary>Check potentials to the coefficients, of a parity, of the series of one component of the potential.</summary>
    public static string L2P(int parity, int component) => $"L2P/{parity}/{component}";
}
