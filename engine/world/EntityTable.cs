namespace Fmm.Engine;

/// <summary>Where an entity's row is: 16 bytes.</summary>
internal struct EntityRecord
{
    /// <summary>Number of the archetype in its world; -1: the id is free.</summary>
    internal int Archetype;

    /// <summary>Row in the archetype; of a free id the next free id, -1 at the end.</summary>
    internal int Row;

    /// <summary>The living entity's version.</summary>
    internal int Version;

    /// <summary>The greatest version that this id was ever given, also in times that a snapshot went back from.</summary>
    internal int LastVersion;
}

/// <summary>A snapshot of the table.</summary>
internal sealed record EntityTableCopy(EntityRecord[] Records, int Free, int Alive);

/// <summary>
/// The records of all entities made one at a time. Pages never move, so that a system may look entities up while an
/// independent one creates others; changes themselves happen under the world's lock.
/// </summary>
internal sealed unsafe class EntityTable(Ledger ledger, int world) : IDisposable
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
        if (entity.Id < 0 || page >= pages.Length || entity.Version <= 0 || entity.Owner != world) return null;
        EntityRecord* record = pages[page].Pointer + (entity.Id & PageMask);
        return record->Version == entity.Version && record->Archetype >= 0 ? record : null;
    }

    /// <summary>Takes the memory for more entities, so that <see cref="Take"/> can't fail.</summary>
    internal void Prepare(int more)
    {
        // Free ids may be fewer than they seem, so room is made as if there were none.
        long needed = ((long)_used + more + PageMask) >> PageBits;
        if (needed > 1 << (31 - PageBits))
            throw new InvalidOperationException($"A world names at most 2^31 entities; {Alive} live, and {more} more were asked for.");
        while (_pages.Length < needed)
            _pages = [.. _pages, new NativeBuffer<EntityRecord>(ledger, "entity records", 1 << PageBits)];
    }

    internal Entity Take(int archetype, int row)
    {
        // An id whose versions are used up is never given again.
        while (_free >= 0 && this[_free]->LastVersion == int.MaxValue) _free = this[_free]->Row;
        int id = _free;
        if (id >= 0) _free = this[id]->Row;
        else id = _used++;
        EntityRecord* record = this[id];
        record->Archetype = archetype;
        record->Row = row;
        record->Version = ++record->LastVersion;
        Alive++;
        return new Entity(world, id, record->Version);
    }

    internal void Return(Entity entity)
    {
        EntityRecord* record = this[entity.Id];
        record->Archetype = -1;
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

    /// <summary>Takes the memory for the records of a copy, so that <see cref="Restore"/> can't fail.</summary>
    internal void Prepare(EntityTableCopy copy) => Prepare(Math.Max(0, copy.Records.Length - _used));

    /// <summary>The entities that lived then live again under their names; those made since are dead, and what is made from now
    /// on has versions past all that were ever given, here or where the copy was made.</summary>
    internal void Restore(EntityTableCopy copy)
    {
        _free = copy.Free;
        _used = Math.Max(_used, copy.Records.Length);
        for (int id = 0; id < _used; id++)
        {
            EntityRecord* record = this[id];
            int last = record->LastVersion;
            if (id < copy.Records.Length)
            {
                *record = copy.Records[id];
                last = Math.Max(last, record->LastVersion);
            }
            else
            {
                *record = new EntityRecord { Archetype = -1, Row = _free };
                _free = id;
            }
            record->LastVersion = last;
        }
        Alive = copy.Alive;
    }

    public void Dispose()
    {
        var failures = new Failures();
        foreach (NativeBuffer<EntityRecord> page in _pages) failures.Try(page);
        _pages = [];
        failures.Throw();
    }
}
