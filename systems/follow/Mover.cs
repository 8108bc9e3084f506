namespace Fmm.Systems;

/// <summary>A point that left its leaf.</summary>
internal struct Mover
{
    /// <summary>Its row among the sorted points, in the order of the update before.</summary>
    public int Row;

    /// <summary>The cell that it lies in now.</summary>
    public int Cell;
}
