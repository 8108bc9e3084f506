namespace Fmm.Engine;

/// <summary>Goes through chunks that are not empty, and keeps their rows from being made or removed meanwhile.</summary>
public ref struct ChunkEnumerator
{
    private readonly Query _query;
    private readonly Archetype[] _archetypes;
    private readonly bool _reversed;
    private readonly Iteration _iteration;
    private readonly long _use;
    private int _next;
    private Archetype? _current;

    internal ChunkEnumerator(Query query, Archetype[] archetypes, bool reversed)
    {
        _query = query;
        _archetypes = archetypes;
        _reversed = reversed;
        _iteration = query.BeginIteration();
        _use = _iteration.Use;
    }

    /// <summary>The chunk.</summary>
    public readonly ref Chunk Current => ref _current!.ChunkReference;

    /// <summary>Steps to the next chunk that has rows.</summary>
    /// <returns>Whether there is one; none after Dispose.</returns>
    public bool MoveNext()
    {
        while (_next < _archetypes.Length && _iteration.Use == _use)
        {
            int at = _next++;
            _current = _archetypes[_reversed ? _archetypes.Length - 1 - at : at];
            if (_current.Count > 0) return true;
        }
        Dispose();
        return false;
    }

    /// <summary>Ends the iteration; foreach calls it. A second call does nothing.</summary>
    public readonly void Dispose() => _query?.EndIteration(_iteration, _use);
}
