using Fmm.Engine;

namespace Fmm.Components;

/// <summary>
/// Resource: the archetypes that hold the sorted points. Rows stand in Morton order, so that every node's points are one range; outliers,
/// which belong to no node, stand behind them.
/// </summary>
public sealed class PointRows
{
    private Archetype? _sources;
    private Archetype? _targets;

    /// <summary>True when one archetype serves as sources and as targets.</summary>
    public bool Shared { get; private set; } = true;

    /// <summary>Sources that belong to nodes: the first of all.</summary>
    public int NodeSources { get; private set; }

    /// <summary>Targets that belong to nodes: the first of all.</summary>
    public int NodeTargets { get; private set; }

    /// <summary>The sorted sources.</summary>
    /// <exception cref="InvalidOperationException">The points have not been sorted yet.</exception>
    public Archetype Sources => _sources ?? throw Missing();

    /// <summary>The sorted targets; the sources' archetype when <see cref="Shared"/>.</summary>
    /// <exception cref="InvalidOperationException">The points have not been sorted yet.</exception>
    public Archetype Targets => _targets ?? throw Missing();

    /// <summary>Notes the archetypes; called by the system that sorts.</summary>
    /// <param name="sources">Archetype of the sources.</param>
    /// <param name="targets">Archetype of the targets, which may be the same.</param>
    /// <param name="outlierSources">How many of the last sources belong to no node.</param>
    /// <param name="outlierTargets">How many of the last targets belong to no node.</param>
    public void Assign(Archetype sources, Archetype targets, int outlierSources = 0, int outlierTargets = 0)
    {
        NodeSources = sources.Count - outlierSources;
        NodeTargets = targets.Count - outlierTargets;
        _sources = sources;
        _targets = targets;
        Shared = ReferenceEquals(sources, targets);
    }

    private static InvalidOperationException Missing() =>
        new("There are no sorted points yet: run SortPoints before a system that reads PointRows.");
}
