namespace Fmm.Systems;

/// <summary>
/// Names of what is computed for the low-rank M2L of a level. The first four are PyExaFMM's: the transfer matrices side by side, check
/// potentials by densities, are u times the diagonal s times vt. All numbers stand in the order of the surface's points, component by component.
/// </summary>
internal static class LowRankMatrices
{
    /// <summary>Left singular vectors, a column each: check potentials by rank.</summary>
    public const string U = "u";

    /// <summary>Singular values, one row.</summary>
    public const string S = "s";

    /// <summary>Right singular vectors, a row each: rank by the densities of one transfer vector after the other.</summary>
    public const string Vt = "vt";

    /// <summary>Whose the columns of <see cref="Vt"/> are: <see cref="VectorPairs.Hash"/>, one row.</summary>
    public const string Hashes = "hashes";

    /// <summary>The sources' basis, a column each: densities by rank. Missing where densities are taken as they are.</summary>
    public const string Sources = "sources";

    /// <summary>s vt of each transfer vector in the sources' basis, in order of <see cref="VectorPairs"/>, one below the other.</summary>
    public const string Cores = "cores";
}
