namespace Fmm.Engine;

/// <content>Making and removing rows.</content>
public sealed unsafe partial class Archetype
{
    private Query[] _queries = [];
    private int _changing;

    /// <summary>Rows that are removed already, and stand here until the others close up.</summary>
    internal List<int> Gaps { get; } = [];

    /// <summary>
    /// En bloc: removes all rows and makes <paramref name="rows"/> new ones. Memory is kept when the number shrinks, and
    /// nothing is allocated on the managed heap.
    /// </summary>
    /// <param name="rows">The new number of rows; 0 or more.</param>
    /// <param name="clear">Whether every column is zeroed. Without it columns hold whatever stood there: for
    /// columns that the caller fills anyway, and fills by many threads.</param>
    /// <exception cref="InvalidOperationException">Entities of this archetype are made one at a time; or a block
    /// component has no stride yet; or a query that matches it is being iterated; or a unit is running; or another thread
    /// is making rows of it.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for so many rows; all rows are as they were.</exception>
    /// <exception cref="UndeclaredAccessException">The running system has not declared Create for every component.</exception>
    public void SetCount(int rows, bool clear = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        RequireEnBloc(nameof(SetCount));
        RequireChange();
        foreach (Column column in _columns)
        {
            if (column.Stride == 0 && rows > 0)
                throw new InvalidOperationException($"The stride of {column.Info.Name} in {Signature} is not set; call SetStride before SetCount({rows}).");
        }
        if (Interlocked.Exchange(ref _changing, 1) != 0)
            throw new InvalidOperationException($"Two threads made rows of {Signature} at once; rows of one archetype are for one thread.");
        try
        {
            Prepare(rows, keep: false);
            foreach (Column column in _columns) column.Replace(rows, clear);
            Rename();
            Count = rows;
        }
        finally
        {
            Volatile.Write(ref _changing, 0);
        }
    }

    /// <summary>
    /// Sets how many scalars a row of a block component has; before <see cref="SetCount"/>. The same stride again
    /// does nothing.
    /// </summary>
    /// <param name="stride">Scalars a row; at least 1.</param>
    /// <exception cref="InvalidOperationException">The archetype has rows: call <c>SetCount(0)</c> first; or the
    /// archetype has no such component.</exception>
    /// <exception cref="UndeclaredAccessException">The running system has not declared CreateBlock.</exception>
    public void SetStride<TTag, TScalar>(int stride)
        where TTag : unmanaged
        where TScalar : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        Column column = Require(BlockInfo<TTag, TScalar>.Info);
        if (column.Stride == stride) return;
        Running.RequireCreate(column.Info);
        if (Count > 0)
            throw new InvalidOperationException($"{Signature} has {Count} rows with stride {column.Stride} of {column.Info.Name}; call SetCount(0) before SetStride({stride}).");
        column.SetStride(stride);
    }

    internal void Register(Query query) => _queries = [.. _queries, query];

    /// <summary>Rows may change now: declared, and no one is iterating over them.</summary>
    internal void RequireChange()
    {
        _world.ThrowIfDisposed();
        Running.RequireCreate(Signature);
        foreach (Query query in _queries)
        {
            if (query.IsIterated)
                throw new InvalidOperationException($"Rows of {Signature} were made or removed while a query over them was iterated; record the change in a CommandBuffer and play it back after the loop.");
        }
    }

    /// <summary>Appends zero rows, whose entities the caller fills in; prepared, and under the world's lock.</summary>
    internal Span<Entity> Append(int rows)
    {
        int first = Count;
        int count = first + rows;
        foreach (Column column in _columns) column.Resize(count);
        _entities.Resize(count, keep: true);
        Count = count;
        Changes++;
        return new Span<Entity>(_entities.Pointer + first, rows);
    }

    /// <summary>Copies the components that both archetypes have from a row of the other.</summary>
    internal void CopyRow(Archetype from, int fromRow, int row)
    {
        foreach (Column column in _columns)
        {
            Column? source = from.Find(column.Info);
            if (source is not null)
                Buffer.MemoryCopy(source.Row(fromRow), column.Row(row), column.RowBytes, column.RowBytes);
        }
    }

    /// <summary>
    /// Removes the given rows, ascending and without repeats, and closes up in order; tells the table where the rows that
    /// moved stand now.
    /// </summary>
    /// <returns>Rows that moved.</returns>
    internal int Remove(ReadOnlySpan<int> rows, EntityTable table)
    {
        int to = rows[0];
        for (int i = 0; i < rows.Length; i++)
        {
            int from = rows[i] + 1;
            int count = (i + 1 < rows.Length ? rows[i + 1] : Count) - from;
            if (count == 0) continue;
            foreach (Column column in _columns) column.MoveDown(from, to, count);
            Buffer.MemoryCopy(_entities.Pointer + from, _entities.Pointer + to, count * (long)sizeof(Entity), count * (long)sizeof(Entity));
            to += count;
        }
        Count -= rows.Length;
        Changes++;
        foreach (Column column in _columns) column.Resize(Count);
        _entities.Resize(Count, keep: true);
        for (int row = rows[0]; row < Count; row++) table[_entities.Pointer[row].Id]->Row = row;
        return Count - rows[0];
    }

    /// <summary>Rows as a snapshot has them, prepared; the columns' contents are the caller's to copy.</summary>
    internal void RestoreRows(int rows, long generation, ReadOnlySpan<Entity> entities)
    {
        foreach (Column column in _columns) column.Replace(rows, clear: false);
        if (!IsEnBloc)
        {
            _entities.Resize(rows);
            entities.CopyTo(_entities.Span);
        }
        _generation = generation;
        _lastGeneration = Math.Max(_lastGeneration, generation);
        _entitiesCurrent = false;
        Count = rows;
        Changes++;
    }

    /// <summary>Without rows, as if it had just been made; needs no memory.</summary>
    internal void Empty()
    {
        foreach (Column column in _columns) column.Replace(0, clear: false);
        if (!IsEnBloc) _entities.Resize(0);
        Rename();
        Count = 0;
    }

    /// <summary>All rows get names that none has had before, not even before a snapshot was restored.</summary>
    internal void Rename()
    {
        _generation = ++_lastGeneration;
        _entitiesCurrent = false;
        Changes++;
    }

    private void RequireEnBloc(string method)
    {
        if (!IsEnBloc)
            throw new InvalidOperationException($"{method} is for rows made en bloc; take the archetype from World.Rows({Signature}), or use World.Create and World.Destroy.");
    }
}
