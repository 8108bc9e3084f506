namespace Fmm.Components;

/// <summary>Marks the bodies whose own step ends with the running update, where bodies have steps of their own: the field is wanted at these alone.</summary>
public struct StepEnds;
