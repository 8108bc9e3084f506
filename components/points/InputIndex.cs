namespace Fmm.Components;

/// <summary>The row in the user's order that a sorted point came from: charges are gathered and results scattered through it.</summary>
internal struct InputIndex
{
    /// <summary>Row in the input, from 0.</summary>
    public int Value;
}
