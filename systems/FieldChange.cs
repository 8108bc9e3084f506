namespace Fmm.Systems;

/// <summary>What differs from the last update of the method.</summary>
[Flags]
public enum FieldChange
{
    /// <summary>Nothing; of a step, nothing is told.</summary>
    None = 0,

    /// <summary>Charges; points and tree stand.</summary>
    Charges = 1,

    /// <summary>Where points are; their number and order stand.</summary>
    Positions = 2,

    /// <summary>Which points there are: their number, their order, or whether sources and targets are the same.</summary>
    Points = 4,

    /// <summary>All of it.</summary>
    Everything = Charges | Positions | Points,
}
