namespace Fmm.Systems;

/// <summary>A checksum of points and charges, and their numbers: tells whether they are still those of some other time.</summary>
/// <param name="Sources">Number of sources.</param>
/// <param name="Targets">Number of targets; -1 where they are the sources.</param>
/// <param name="Points">Checksum of the coordinates.</param>
/// <param name="Charges">Checksum of the charges.</param>
internal readonly record struct InputSum(int Sources, int Targets, ulong Points, ulong Charges)
{
    /// <summary>Tells whether the points are the same, whatever the charges.</summary>
    public bool HasPointsOf(InputSum other) => this with { Charges = 0 } == other with { Charges = 0 };
}
