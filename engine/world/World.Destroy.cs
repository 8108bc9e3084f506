namespace Fmm.Engine;

/// <content>Removing many entities at once.</content>
public sealed unsafe partial class World
{
    private readonly List<int> _rowsToRemove = [];

    /// <summary>Removes entities; each archetype closes up once, in order.</summary>
    /// <param name="entities">Living entities made one at a time, each once.</param>
    /// <exception cref="InvalidOperationException">One does not live or is given twice, or was made en bloc, or its rows are
    /// being iterated; nothing was removed then.</exception>
    /// <exception cref="UndeclaredAccessException">The running system has not declared Create for every component.</exception>
    public void Destroy(ReadOnlySpan<Entity> entities)
    {
        lock (_gate)
        {
            foreach (Entity entity in entities)
            {
                if (entity.IsEnBloc)
                    throw new InvalidOperationException($"{entity} was made en bloc; such rows go only all together: use Archetype.SetCount.");
                Locate(entity, out _).RequireChange();
            }
            if (entities.Length == 1) DestroyRows(Locate(entities[0], out int row), [row]);
            else DestroyMany(entities);
        }
    }

    /// <summary>Removes all matching entities that were made one at a time.</summary>
    /// <param name="description">Which.</param>
    /// <exception cref="InvalidOperationException">Rows made en bloc match, or the rows are being iterated.</exception>
    public void Destroy(in QueryDescription description)
    {
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
            {
                _rowsToRemove.Clear();
                for (int row = 0; row < archetype.Count; row++) _rowsToRemove.Add(row);
                if (archetype.Count > 0) DestroyRows(archetype, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rowsToRemove));
            }
        }
    }

    private void DestroyMany(ReadOnlySpan<Entity> entities)
    {
        // Sorted places: by archetype, then row. Twins stand next to each other.
        var places = new List<long>(entities.Length);
        foreach (Entity entity in entities) places.Add(((long)Locate(entity, out int row).Number << 32) | (uint)row);
        places.Sort();
        for (int i = 1; i < places.Count; i++)
        {
            if (places[i] == places[i - 1])
                throw new InvalidOperationException($"{_archetypes[(int)(places[i] >> 32)].EntityAt(unchecked((int)places[i]))} is to be destroyed twice in one call.");
        }
        for (int i = 0; i < places.Count;)
        {
            int archetype = (int)(places[i] >> 32);
            _rowsToRemove.Clear();
            for (; i < places.Count && places[i] >> 32 == archetype; i++) _rowsToRemove.Add(unchecked((int)places[i]));
            DestroyRows(_archetypes[archetype], System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rowsToRemove));
        }
    }

    private void DestroyRows(Archetype archetype, ReadOnlySpan<int> rows)
    {
        foreach (int row in rows) _table.Return(archetype.EntityAt(row));
        archetype.Remove(rows, _table);
    }
}
