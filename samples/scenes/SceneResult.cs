using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>What came out of a scene that stands still.</summary>
/// <param name="Head">Settings to tell, by name in snake case.</param>
/// <param name="Checks">What it is held to.</param>
public sealed record SceneResult(IReadOnlyList<(string Name, object Value)> Head, IReadOnlyList<SceneCheck> Checks)
{
    /// <summary>What fell to each rank; empty on one rank alone.</summary>
    public IReadOnlyList<RankReport> Ranks { get; init; } = [];
}
