namespace Fmm.Engine;

/// <summary>Where an entity's row is: 12 bytes.</summary>
internal struct EntityRecord
{
    /// <summary>Number of the archetype in its world; -1: the id is free.</summary>
    internal int Archetype;

    /// <summary>Row in the archetype; of a free id the next free id, -1 at the end.</summary>
    internal int Row;

    internal int Version;
}

/// <summary>A snapshot of the table.</summary>
internal sealed record EntityTableCopy(EntityRecord[] Records, int Free, int Alive);

/// <summary>
/// The records of all entities made one at a time. Pages never move, so that a system may look entities up while an
/// independent one creates others; changes themselves happen under the world's lock.
/// </summary>
internal sealed unsafe class EntityTable(Ledger ledger) : IDisposable
{
    private const int PageBits = 12;
    private const int PageMask = (1 << PageBits) - 1;
    private NativeBuffer<EntityRecord>[] _pages = [];
    private int _used;
    private int _free = -1;

    internal int Alive { get; private set; }

    /// <summary>The record of an id that was once handed out.</summary>
    internal EntityRecord* this[int id] => _pages[id >> PageBits].Pointer + (id & PageMask);

    /// <summary>The record of a living entity, or null.</summary>
    internal EntityRecord* Find(Entity entity)
    {
        int page = entity.Id >> PageBits;
        NativeBuffer<EntityRecord>[] pages = _pages;
        if (entity.Id < 0 || page >= pages.Length || entity.Version <= 0) return null;
        EntityRecord* record = pages[page].Pointer + (entity.Id & PageMask);
        return record->Version == entity.Version && record->Archetype >= 0 ? record : null;
    }

    internal Entity Take(int archetype, int row)
    {
        int id = _free;
        if (id >= 0)
        {
            _free = this[id]->Row;
        }
        else
        {
            id = _used;
            if (id >> PageBits == _pages.Length)
                _pages = [.. _pages, new NativeBuffer<EntityRecord>(ledger, "entity records", 1 << PageBits)];
            _used++;
            this[id]->Version = 1;
        }
        EntityRecord* record = this[id];
        record->Archetype = archetype;
        record->Row = row;
        Alive++;
        return new Entity(id, record->Version);
    }

    internal void Return(Entity entity)
    {
        EntityRecord* record = this[entity.Id];
        record->Archetype = -1;
        record->Version = record->Version == int.MaxValue ? 1 : record->Version + 1;
        record->Row = _free;
        _free = entity.Id;
        Alive--;
    }

    internal EntityTableCopy Save()
    {
        var records = new EntityRecord[_used];
        for (int id = 0; id < _used; id++) records[id] = *this[id];
        return new EntityTableCopy(records, _free, Alive);
    }

    /// <summary>Ids made since become free again, with versions past all that were handed out.</summary>
    internal void Restore(EntityTableCopy copy)
    {
        _free = copy.Free;
        for (int id = 0; id < _used; id++)
        {
            if (id < copy.Records.Length)
            {
                *this[id] = copy.Records[id];
                continue;
            }
            *this[id] = new EntityRecord { Archetype = -1, Row = _free, Version = this[id]->Version + 1 };
            _free = id;
        }
        Alive = copy.Alive;
    }

    public void Dispose()
    {
        foreach (NativeBuffer<EntityRecord> page in _pages) page.Dispose();
        _pages = [];
    }
}
