namespace Fmm.Engine;

/// <content>Removing many entities at once.</content>
public sealed unsafe partial class World
{
    private readonly List<long> _places = [];
    private readonly List<Archetype> _gaps = [];

    /// <summary>
    /// Rows that structural changes have copied so far, each time one was copied: an entity that changes its archetype counts
    /// once, and so does each later row that closes up behind a removed one. The exact cost of changes, where a
    /// clock would be in doubt.
    /// </summary>
    public long MovedRows { get; private set; }

    /// <summary>Removes entities; each archetype closes up once, in order.</summary>
    /// <param name="entities">Living entities made one at a time, each once.</param>
    /// <exception cref="InvalidOperationException">One does not live or is given twice, or was made en bloc, or its rows are
    /// being iterated; nothing was removed then.</exception>
    /// <exception cref="UndeclaredAccessException">The running system has not declared Create for every component.</exception>
    public void Destroy(ReadOnlySpan<Entity> entities)
    {
        lock (_gate)
        {
            foreach (Entity entity in entities) RequireDestroy(entity);
            RefuseTwins(entities);
            foreach (Entity entity in entities) Vanish(entity, _gaps);
            CloseUp(_gaps);
        }
    }

    /// <summary>Removes all matching entities that were made one at a time.</summary>
    /// <param name="description">Which.</param>
    /// <exception cref="InvalidOperationException">Rows made en bloc match, or the rows are being iterated.</exception>
    public void Destroy(in QueryDescription description)
    {
        ThrowIfDisposed();
        Query query = Query(in description);
        lock (_gate)
        {
            foreach (Archetype archetype in query.Matches)
            {
                if (archetype.IsEnBloc && archetype.Count > 0)
                    throw new InvalidOperationException($"{archetype.Signature} was made en bloc; such rows go only by Archetype.SetCount.");
                archetype.RequireChange();
            }
            foreach (Archetype archetype in query.Matches)
                foreach (Entity entity in archetype.Entities) Vanish(entity, _gaps);
            CloseUp(_gaps);
        }
    }

    /// <summary>Removes an entity, but leaves its row among the gaps until <see cref="EndGaps"/>.</summary>
    internal void Destroy(Entity entity, List<Archetype> gaps)
    {
        lock (_gate)
        {
            RequireDestroy(entity);
            Vanish(entity, gaps);
        }
    }

    /// <summary>
    /// Closes all gaps of many changes at once. Rows keep their order whenever that is done, so that the result is the
    /// same as if each change had closed its own; nobody may look at the rows meanwhile.
    /// </summary>
    internal void EndGaps(List<Archetype> gaps)
    {
        lock (_gate) CloseUp(gaps);
    }

    private void RequireDestroy(Entity entity)
    {
        if (entity.IsEnBloc)
            throw new InvalidOperationException($"{entity} was made en bloc; such rows go only all together: use Archetype.SetCount.");
        Locate(entity, out _).RequireChange();
    }

    private void RefuseTwins(ReadOnlySpan<Entity> entities)
    {
        if (entities.Length < 2) return;
        _places.Clear();
        foreach (Entity entity in entities) _places.Add(((long)Locate(entity, out int row).Number << 32) | (uint)row);
        _places.Sort();
        for (int i = 1; i < _places.Count; i++)
        {
            if (_places[i] == _places[i - 1])
                throw new InvalidOperationException($"{_archetypes[(int)(_places[i] >> 32)].EntityAt(unchecked((int)_places[i]))} is to be destroyed twice in one call.");
        }
    }

    private void Vanish(Entity entity, List<Archetype> gaps)
    {
        Archetype archetype = Locate(entity, out int row);
        _table.Return(entity);
        Vacate(archetype, row, gaps);
    }

    private static void Vacate(Archetype archetype, int row, List<Archetype> gaps)
    {
        if (archetype.Gaps.Count == 0) gaps.Add(archetype);
        archetype.Gaps.Add(row);
    }

    private void CloseUp(List<Archetype> gaps)
    {
        foreach (Archetype archetype in gaps)
        {
            archetype.Gaps.Sort();
            MovedRows += archetype.Remove(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(archetype.Gaps), _table);
            archetype.Gaps.Clear();
        }
        gaps.Clear();
    }
}
