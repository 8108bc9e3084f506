namespace Fmm.Systems;

/// <summary>Between what the low-rank M2L carries a box's field.</summary>
public enum TransferSides
{
    /// <summary>
    /// From coefficients of the sources to coefficients of the check potentials: k x k numbers a pair of boxes. The sources' basis follows from the
    /// decomposition and has the same rank.
    /// </summary>
    Both,

    /// <summary>
    /// From the densities themselves to coefficients of the check potentials, as S V^T stands in the decomposition: k x n_e numbers a pair.
    /// </summary>
    Target,
}
