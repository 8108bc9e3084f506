namespace Fmm.Systems;

/// <summary>Resource: what the running update has to do, in the one place that systems ask.</summary>
internal sealed class StepChange
{
    private bool _isInvalid;
    private bool _areEntitiesInvalid;

    /// <summary>What differs from the last update.</summary>
    public FieldChange Change { get; private set; } = FieldChange.Everything;

    /// <summary>Whether points are sorted and tree and lists made anew.</summary>
    public bool NeedsTree => (Change & (FieldChange.Positions | FieldChange.Points)) != 0;

    /// <summary>Notes what an update is told; called by the first of its systems.</summary>
    /// <param name="change">What differs.</param>
    internal void Begin(FieldChange change)
    {
        Change = _isInvalid ? FieldChange.Everything : change;
        _isInvalid = false;
    }

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
