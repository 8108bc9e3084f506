namespace Fmm.Systems;

/// <summary>Resource: the leaf capacity of the last tree and what spoke for it.</summary>
public sealed class LeafChoice
{
    /// <summary>True where the engine chose the capacity; false where it was given, or the tree is uniform.</summary>
    public bool Chosen { get; internal set; }

    /// <summary>Predicted seconds of one thread for the near field; 0 unless <see cref="Chosen"/>.</summary>
    public double NearSeconds { get; internal set; }

    /// <summary>Predicted seconds of one thread for tree, lists and far field; 0 unless <see cref="Chosen"/>.</summary>
    public double FarSeconds { get; internal set; }

    /// <summary>
    /// How much slower the near field is on this machine, beside the far field, than on the one that the costs were measured on: a
    /// power of two, so that noise of the measurement does not change it.
    /// </summary>
    public double NearOverFar { get; internal set; } = 1;
}
