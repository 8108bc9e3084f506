namespace Fmm.Engine;

/// <summary>
/// All rows of one signature and level: a contiguous, 64-byte aligned native column a component, rows in the order in
/// which they were made.
/// </summary>
/// <remarks>
/// En-bloc archetypes (<see cref="World.Rows"/>) get all their rows at once by <see cref="SetCount"/>; the others get and
/// lose entities one at a time through the <see cref="World"/>, and close up in order when one goes.
/// </remarks>
#pragma warning disable CA1001 // The world that made it frees it; a public Dispose would invite others to.
public sealed unsafe partial class Archetype
#pragma warning restore CA1001
{
    /// <summary>The level of rows that have none.</summary>
    public const int NoLevel = -1;

    private readonly World _world;
    private readonly Column[] _columns;
    private readonly NativeBuffer<Entity> _entities;
    private Chunk _chunk;
    private long _generation;
    private long _lastGeneration;
    private bool _entitiesCurrent;

    internal Archetype(World world, Signature signature, int level, int number, int blocNumber)
    {
        _world = world;
        Signature = signature;
        Level = level;
        Number = number;
        BlocNumber = blocNumber;
        string owner = level == NoLevel ? signature.ToString() : $"{signature} level {level}";
        _entities = new NativeBuffer<Entity>(world.Ledger, owner + " entities");
        _columns = new Column[signature.Count];
        for (int i = 0; i < _columns.Length; i++) _columns[i] = new Column(world.Ledger, owner, signature.Types[i].Info);
        _chunk = new Chunk(this);
    }

    /// <summary>The level of all rows, or <see cref="NoLevel"/>.</summary>
    public int Level { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Counts the changes of the rows: while it is the same, the same rows stand in the same order, whatever their components hold.</summary>
    public long Changes { get; private set; }

    /// <summary>The components of every row.</summary>
    public Signature Signature { get; }

    /// <summary>Whether rows are made and removed only all together.</summary>
    public bool IsEnBloc => BlocNumber >= 0;

    /// <summary>The rows.</summary>
    public Chunk Chunk => _chunk;

    internal int Number { get; }

    internal int BlocNumber { get; }

    /// <summary>Tells the names of one <see cref="SetCount"/> from those of another, so that old ones are known to be dead.</summary>
    internal long Generation => _generation;

    /// <summary>What <see cref="Generation"/> will be after the next <see cref="SetCount"/>.</summary>
    internal long NextGeneration => _lastGeneration + 1;

    internal ref Chunk ChunkReference => ref _chunk;

    internal ReadOnlySpan<Column> Columns => _columns;

    /// <summary>Names of all rows. En bloc they are computed, and stored only for who asks.</summary>
    internal ReadOnlySpan<Entity> Entities
    {
        get
        {
            if (IsEnBloc && !Volatile.Read(ref _entitiesCurrent)) StoreEntities();
            return new ReadOnlySpan<Entity>(_entities.Pointer, Count);
        }
    }

    internal Entity EntityAt(int row)
    {
        if (unchecked((uint)row) >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"{Signature} has {Count} rows.");
        return IsEnBloc ? Entity.EnBloc(_world.Id, BlocNumber, _generation, row) : _entities.Pointer[row];
    }

    internal bool IsAlive(Entity entity) =>
        entity.Row < Count && entity == Entity.EnBloc(_world.Id, BlocNumber, _generation, entity.Row);

    internal Column? Find(ComponentInfo info)
    {
        foreach (Column column in _columns)
            if (ReferenceEquals(column.Info, info)) return column;
        return null;
    }

    internal Column Require(ComponentInfo info) => Find(info)
        ?? throw new InvalidOperationException($"Rows of {Signature} have no {info.Name}; add it to their signature, or query WithAll<{info.Name}>().");

    internal void Dispose(Failures failures)
    {
        Count = 0;
        foreach (Column column in _columns) failures.Try(column);
        failures.Try(_entities);
    }

    private void StoreEntities()
    {
        lock (_entities)
        {
            if (_entitiesCurrent) return;
            _entities.Resize(Count);
            Entity* entities = _entities.Pointer;
            for (int row = 0; row < Count; row++) entities[row] = Entity.EnBloc(_world.Id, BlocNumber, _generation, row);
            Volatile.Write(ref _entitiesCurrent, true);
        }
    }
}
