namespace Fmm.Engine;

/// <summary>One archetype's rows in a <see cref="Snapshot"/>.</summary>
internal sealed unsafe class ArchetypeCopy : IDisposable
{
    private readonly NativeBlock?[] _columns;
    private readonly int[] _strides;
    private readonly Entity[] _entities;
    private readonly int _count;
    private readonly long _generation;

    internal ArchetypeCopy(Ledger ledger, Archetype archetype)
    {
        _count = archetype.Count;
        _generation = archetype.Generation;
        _entities = archetype.IsEnBloc ? [] : archetype.Entities.ToArray();
        _columns = new NativeBlock?[archetype.Columns.Length];
        _strides = new int[_columns.Length];
        try
        {
            for (int i = 0; i < _columns.Length; i++)
            {
                Column column = archetype.Columns[i];
                _strides[i] = column.Stride;
                NativeBlock copy = _columns[i] = new NativeBlock(ledger, "snapshot of " + column.Info.Name);
                copy.Resize(column.UsedBytes, keep: false);
                Buffer.MemoryCopy(column.Pointer, copy.Pointer, column.UsedBytes, column.UsedBytes);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Rows that come from elsewhere: the caller fills <see cref="Column"/>.</summary>
    internal ArchetypeCopy(Ledger ledger, Archetype archetype, int count, int[] strides, Entity[] entities)
    {
        (_count, _strides, _entities, _generation) = (count, strides, entities, archetype.NextGeneration);
        _columns = new NativeBlock?[strides.Length];
        try
        {
            for (int i = 0; i < _columns.Length; i++)
            {
                ComponentInfo info = archetype.Columns[i].Info;
                NativeBlock copy = _columns[i] = new NativeBlock(ledger, "rows to restore of " + info.Name);
                copy.Resize(checked((long)count * strides[i] * info.Bytes), keep: false);
                copy.Zero(0, copy.UsedBytes);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The memory of a column.</summary>
    internal byte* Column(int index) => _columns[index]!.Pointer;

    /// <summary>Takes the memory that <see cref="Restore"/> needs, so that it can't fail.</summary>
    internal void Prepare(Archetype archetype) => archetype.Prepare(_count, _strides);

    internal void Restore(Archetype archetype)
    {
        for (int i = 0; i < _columns.Length; i++) archetype.Columns[i].SetStride(_strides[i]);
        archetype.RestoreRows(_count, _generation, _entities);
        for (int i = 0; i < _columns.Length; i++)
        {
            Column column = archetype.Columns[i];
            Buffer.MemoryCopy(_columns[i]!.Pointer, column.Pointer, column.UsedBytes, column.UsedBytes);
        }
    }

    public void Dispose()
    {
        var failures = new Failures();
        foreach (NativeBlock? block in _columns) failures.Try(block);
        failures.Throw();
    }
}
