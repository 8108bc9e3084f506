namespace Fmm.Systems;

/// <summary>Resource: the leaf capacity of the last tree and what spoke for it.</summary>
public sealed class LeafChoice
{
    private bool _forgotten;
    private (double NearOverFar, double PairFactor)? _recalled;

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

    /// <summary>
    /// How much longer a pair of the kernel takes than one of 1 / r, as measured on this machine; by the operations of its formula where
    /// <see cref="FmmOptions.Calibration"/> is given.
    /// </summary>
    public double PairFactor { get; internal set; } = 1;

    /// <summary>How often the points were sampled for a choice: not for points like those of the choice before, nor for so few that direct sums win.</summary>
    public int Samplings { get; internal set; }

    /// <summary>Lets the next tree have a capacity chosen for its points alone, whatever was chosen before.</summary>
    public void Forget() => _forgotten = true;

    /// <summary>Lets the choices to come go by what was measured on another machine, or by another process on this one.</summary>
    /// <param name="nearOverFar">Its <see cref="NearOverFar"/>.</param>
    /// <param name="pairFactor">Its <see cref="PairFactor"/>.</param>
    internal void Recall(double nearOverFar, double pairFactor) => _recalled = (nearOverFar, pairFactor);

    internal (double NearOverFar, double PairFactor)? TakeRecalled()
    {
        (double, double)? recalled = _recalled;
        _recalled = null;
        return recalled;
    }

    internal bool TakeForgotten()
    {
        bool forgotten = _forgotten;
        _forgotten = false;
        return forgotten;
    }
}
