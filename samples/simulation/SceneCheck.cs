namespace Fmm.Samples;

/// <summary>A number that a scene is held to: something that theory, or a table, knows.</summary>
/// <param name="Name">What was measured, in a few words.</param>
/// <param name="Measured">What came out.</param>
/// <param name="Expected">What is known.</param>
/// <param name="Tolerance">By how much the two may differ, in the unit of both.</param>
/// <param name="Source">Who knows it: a law, a paper.</param>
public sealed record SceneCheck(string Name, double Measured, double Expected, double Tolerance, string Source)
{
    /// <summary>Whether it came out.</summary>
    public bool IsMet => Math.Abs(Measured - Expected) <= Tolerance;
}
