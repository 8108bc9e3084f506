namespace Fmm.Files;

/// <summary>The arrays of a field, each with so many numbers a target.</summary>
internal enum FieldArray
{
    /// <summary>Potentials of all vectors.</summary>
    Potential,

    /// <summary>Three derivatives of each of them.</summary>
    Gradient,

    /// <summary>Three numbers.</summary>
    Force,

    /// <summary>Six numbers.</summary>
    Hessian,

    /// <summary>Where the target is.</summary>
    Target,
}
