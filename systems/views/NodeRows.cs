using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The nodes that a query finds, by level: taken at the start of an update by a system that works on the rows of one level and reaches for
/// those of others. Columns (<see cref="LevelColumn{T}"/>, <see cref="LevelBlock{TTag, T}"/>) are read from it.
/// </summary>
/// <example>
/// <code>
/// private static readonly QueryDescription _nodes = new QueryDescription().WithAll&lt;NodeLinks, SourceRange&gt;();
/// private readonly NodeRows _rows = new();
/// private readonly LevelColumn&lt;SourceRange&gt; _sources = new();
///
/// public override Access Access { get; } = new Access().Gather(in _nodes);
///
/// public override void Update(in FmmStep step)
/// {
///     _rows.Read(World.Query(in _nodes));
///     _sources.Read(_rows);
///     foreach (ref Chunk nodes in World.Query(in _nodes).Levels(LevelOrder.BottomUp))
///     {
///         ReadOnlySpan&lt;NodeLinks&gt; links = nodes.Read&lt;NodeLinks&gt;();
///         for (int row = 0; row &lt; links.Length; row++)
///             if (!links[row].IsLeaf) Use(_sources.Of(nodes.Level + 1).Slice(links[row].FirstChild, 8));
///     }
/// }
/// </code>
/// </example>
/// <remarks>Valid until the tree is built anew. Rows without a level, like a host's own entities, are no nodes and are not seen.</remarks>
public sealed class NodeRows
{
    private readonly Chunk[] _levels = new Chunk[Morton.MaxLevel + 1];

    /// <summary>The deepest level with rows; -1 before <see cref="Read"/>.</summary>
    public int Depth { get; private set; } = -1;

    /// <summary>The nodes of a level.</summary>
    /// <param name="level">Level, 0 to <see cref="Depth"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The query found no rows of this level.</exception>
    public Chunk this[int level] => unchecked((uint)level <= (uint)Depth) && Depth >= 0
        ? _levels[level]
        : throw new ArgumentOutOfRangeException(nameof(level), level, $"There are nodes of levels 0 to {Depth}: ask for one of these, after Read.");

    /// <summary>Takes the rows that a query finds, level by level; allocates nothing.</summary>
    /// <param name="query">The query of the calling system's description.</param>
    /// <exception cref="InvalidOperationException">
    /// It finds no nodes, leaves out a level, or finds two archetypes with rows at one level.
    /// </exception>
    public void Read(Query query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Depth = -1;
        int depth = -1;
        foreach (ref Chunk nodes in query.Levels(LevelOrder.TopDown))
        {
            if (nodes.Level == depth) throw Twice(_levels[depth], nodes, query);
            if (nodes.Level != depth + 1 || nodes.Level > Morton.MaxLevel) throw Gap(nodes, depth + 1, query);
            _levels[++depth] = nodes;
        }
        Depth = depth >= 0 ? depth : throw Nothing(query);
    }

    private static InvalidOperationException Nothing(Query query) => new(
        $"There are no nodes with {query.Description.All}: SpawnNodes makes them with the columns of TreeLayout.Nodes; run it before, and add to the layout what it lacks.");

    private static InvalidOperationException Gap(Chunk nodes, int missing, Query query) => new(
        $"There are nodes of level {nodes.Level} ({nodes.Archetype.Signature}) and none of level {missing} with {query.Description.All}: nodes fill the levels from 0 on; give rows of another meaning no level.");

    private static InvalidOperationException Twice(Chunk first, Chunk second, Query query) => new(
        $"Level {second.Level} has rows of {first.Archetype.Signature} and of {second.Archetype.Signature}, which both have {query.Description.All}: nodes of a level stand in one archetype; add columns to TreeLayout.Nodes, and give rows of another meaning no level.");
}
