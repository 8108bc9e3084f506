namespace Fmm.Files;

/// <summary>When an <see cref="OperatorCache"/> is asked, and what it keeps.</summary>
public enum OperatorCachePolicy
{
    /// <summary>
    /// What takes ten times as long to compute as to load and a fifth of a second at least, and nothing else: the operators of a homogeneous kernel up to order 10 are neither kept
    /// nor asked for, and others are kept if they took that long.
    /// </summary>
    WhereItPays,

    /// <summary>Everything.</summary>
    Always,

    /// <summary>Nothing is loaded, everything is computed and kept anew.</summary>
    Renew,
}
