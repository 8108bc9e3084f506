namespace Fmm.Systems;

/// <summary>A node without children.</summary>
internal struct LeafCell
{
    /// <summary>Its level.</summary>
    public int Level;

    /// <summary>Its row among the nodes of that level.</summary>
    public int Row;
}
