namespace Fmm.Systems;

/// <summary>Resource: what the running update has to do, in the one place that systems ask.</summary>
internal sealed class StepChange
{
    /// <summary>What differs from the last update.</summary>
    public FieldChange Change { get; private set; } = FieldChange.Everything;

    /// <summary>Whether points are sorted and tree and lists made anew.</summary>
    public bool NeedsTree => (Change & (FieldChange.Positions | FieldChange.Points)) != 0;

    /// <summary>Notes what an update is told; called by the first of its systems.</summary>
    /// <param name="change">What differs.</param>
    internal void Begin(FieldChange change) => Change = change;
}
