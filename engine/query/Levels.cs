namespace Fmm.Engine;

/// <summary>A query's chunks in level order, for <c>foreach (ref var chunk in query.Levels(LevelOrder.BottomUp))</c>.</summary>
public readonly ref struct Levels
{
    private readonly Query _query;
    private readonly Archetype[] _archetypes;
    private readonly bool _reversed;

    internal Levels(Query query, Archetype[] archetypes, bool reversed)
    {
        _query = query;
        _archetypes = archetypes;
        _reversed = reversed;
    }

    /// <summary>The chunks, while their rows can't be made or removed.</summary>
    public ChunkEnumerator GetEnumerator() => new(_query, _archetypes, _reversed);
}
