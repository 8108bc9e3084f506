namespace Fmm.Systems;

/// <summary>Resource: what the running update has to do, in the one place that systems ask.</summary>
internal sealed class StepChange
{
    private bool _isInvalid;
    private bool _areEntitiesInvalid;

    /// <summary>What differs from the last update.</summary>
    public FieldChange Change { get; private set; } = FieldChange.Everything;

    /// <summary>Whether points have other places, or are others: at least their coordinates are made anew.</summary>
    public bool NeedsTree => (Change & (FieldChange.Positions | FieldChange.Points)) != 0;

    /// <summary>Whether the order of the sorted points stands and the charges do, too.</summary>
    public bool KeepsCharges => Path <= TreePath.Kept && (Change & FieldChange.Charges) == 0;

    /// <summary>How far the tree of the update before serves.</summary>
    public TreePath Path { get; private set; } = TreePath.Built;

    /// <summary>Notes what an update is told; called by the first of its systems.</summary>
    /// <param name="change">What differs.</param>
    internal void Begin(FieldChange change)
    {
        Change = _isInvalid ? FieldChange.Everything : change;
        _isInvalid = false;
        Path = NeedsTree ? TreePath.Built : TreePath.Unmoved;
    }

    /// <summary>The tree follows its points; called by the system that finds out.</summary>
    internal void Follow(TreePath path) => Path = path;

    /// <summary>Lets everything differ in the next update, whatever it is told.</summary>
    internal void Invalidate() => _isInvalid = _areEntitiesInvalid = true;

    /// <summary>The same for who finds out from entities what differs, and keeps that in mind until an update has ended.</summary>
    internal FieldChange TakeInvalid()
    {
        FieldChange change = _areEntitiesInvalid ? FieldChange.Everything : FieldChange.None;
        _areEntitiesInvalid = false;
        return change;
    }
}
