namespace Fmm.Systems;

/// <summary>How exactly the near field computes the reciprocal square root, where the processor offers a choice.</summary>
public enum RootPrecision
{
    /// <summary>To as many digits as the order of the expansions carries: the error of the field does not show the difference. Where the tree is
    /// too shallow for a far field, the sums are exact all the same.</summary>
    AsOrder,

    /// <summary>To the working precision, whatever the order.</summary>
    Full,
}
