namespace Fmm.Components;

/// <summary>
/// The leaves whose sources a node takes into its local expansion: leaves one level up with sources that touch its parent but not itself.
/// A run of <see cref="MixedStore.X"/>. Any node with targets may have one but a leaf of few targets, which takes these sources directly
/// (<see cref="UList"/>). In the textbook it is the transpose of the W list.
/// </summary>
internal struct XList
{
    /// <summary>First member in the store.</summary>
    public int Start;

    /// <summary>Number of members.</summary>
    public int Count;

    /// <summary>The member after the last.</summary>
    public readonly int End => Start + Count;
}
