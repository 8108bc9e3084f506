namespace Fmm.Files;

/// <summary>A share of the rows of an array: of as many parts of equal size, the first ones with a row more where it does not come out even.</summary>
/// <param name="Part">Which part, from 0.</param>
/// <param name="Parts">How many there are.</param>
internal readonly record struct RowShare(int Part, int Parts)
{
    /// <summary>All rows.</summary>
    public static RowShare All { get; } = new(0, 1);

    /// <summary>Where the share begins, and its length.</summary>
    /// <param name="rows">All rows.</param>
    public (long First, long Count) Of(long rows) => ((rows / Parts * Part) + Math.Min(Part, rows % Parts), (rows / Parts) + (Part < rows % Parts ? 1 : 0));
}
