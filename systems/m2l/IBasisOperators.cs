namespace Fmm.Systems;

/// <summary>Operators that act on coefficients of a basis that the boxes of a level have in common.</summary>
internal interface IBasisOperators
{
    /// <summary>Numbers of a register that the matrices are packed for.</summary>
    int Lane { get; }

    /// <summary>Coefficients of a source box.</summary>
    int SourceRank { get; }
}
