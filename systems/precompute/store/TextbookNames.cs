namespace Fmm.Systems;

/// <summary>The names of <see cref="TextbookMatrices{TKernel}"/>, which are PyExaFMM's.</summary>
internal static class TextbookNames
{
    /// <summary>Points of the inner surface of a box of half width 1 with ratio 1: a row each.</summary>
    public const string EquivalentSurface = "surface/equivalent";

    /// <summary>Points of the outer surface of a box of half width 1 with ratio 1: a row each.</summary>
    public const string CheckSurface = "surface/check";

    /// <summary>The solve for a multipole: first factor, which is applied last.</summary>
    public const string UpA = "uc2e_inv_a";

    /// <summary>The solve for a multipole: second factor, which is applied first.</summary>
    public const string UpB = "uc2e_inv_b";

    /// <summary>The solve for a local: first factor, which is applied last.</summary>
    public const string DownA = "dc2e_inv_a";

    /// <summary>The solve for a local: second factor, which is applied first.</summary>
    public const string DownB = "dc2e_inv_b";

    /// <summary>For each octant one matrix below the other: densities of a child to those of the box.</summary>
    public const string M2M = "m2m";

    /// <summary>For each octant one matrix below the other: densities of the parent to those of the box, which is its child.</summary>
    public const string L2L = "l2l";
}
