namespace Fmm.Components;

/// <summary>How finely a body steps in time where bodies have steps of their own: 2^<paramref name="Value"/> steps to a whole one.</summary>
/// <param name="Value">0 or more.</param>
public record struct TimeLevel(int Value);
