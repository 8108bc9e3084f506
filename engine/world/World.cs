namespace Fmm.Engine;

/// <summary>
/// All rows and resources of one computation: entities in archetypes, components in native columns.
/// </summary>
/// <remarks>
/// Threads: worlds share nothing, so two run on two threads. Within one, reading from many threads is free; making and
/// removing rows of one archetype is for one thread, and is refused inside units, during the iteration of a query over
/// the same rows, and in a system of a schedule that has not declared it (<see cref="Access.Create{T}()"/>).
/// </remarks>
public sealed partial class World : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Signature Signature, int Level, bool EnBloc), Archetype> _byKey = [];
    private readonly EntityTable _table;
    private Archetype[] _archetypes = [];
    private Archetype[] _blocs = [];
    private int _ended;
    private int _updates;

    private World(Ledger ledger)
    {
        Ledger = ledger;
        _table = new EntityTable(Ledger, Id);
    }

    /// <summary>The account of the world's native memory; buffers of systems and resources are entered here too.</summary>
    public Ledger Ledger { get; }

    /// <summary>Living entities made one at a time; rows made en bloc do not count.</summary>
    public int Size => _table.Alive;

    /// <summary>All archetypes, in the order in which they were first asked for.</summary>
    public ReadOnlySpan<Archetype> Archetypes => _archetypes;

    internal EntityTable Table => _table;

    /// <summary>Tells the entities of this world from those of others.</summary>
    internal int Id { get; } = Identity.NextWorld();

    internal bool IsDisposed => Volatile.Read(ref _ended) != 0;

    /// <summary>An empty world.</summary>
    public static World Create() => new(new Ledger());

    /// <summary>An empty world whose native memory is guarded.</summary>
    /// <param name="guard">How; see <see cref="MemoryGuard"/>.</param>
    public static World Create(MemoryGuard guard) => new(new Ledger(guard));

    /// <summary>Arch's word for <see cref="Dispose"/>.</summary>
    /// <param name="world">The world to end.</param>
    public static void Destroy(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        world.Dispose();
    }

    /// <summary>
    /// The archetype of rows that are made and removed only all together: points, nodes of a level. Made at the first
    /// call, then found again.
    /// </summary>
    /// <param name="signature">The components of every row.</param>
    /// <param name="level">Level of the rows, from 0, or <see cref="Archetype.NoLevel"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is below -1.</exception>
    /// <exception cref="InvalidOperationException">There are 4094 such archetypes already.</exception>
    public Archetype Rows(Signature signature, int level = Archetype.NoLevel)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentOutOfRangeException.ThrowIfLessThan(level, Archetype.NoLevel);
        lock (_gate) return FindOrMake(signature, level, enBloc: true);
    }

    /// <summary>Frees all rows, and disposes of the resources that can be, the last one set first. Spans, references and
    /// pointers into rows point to freed memory afterwards, which nothing can tell them. A second call does nothing.</summary>
    /// <exception cref="InvalidOperationException">Rows are being iterated, or a schedule runs on the world; nothing was freed.</exception>
    /// <exception cref="MemoryGuardException">The ledger is guarded, and something was overwritten; everything was freed.</exception>
    /// <exception cref="AggregateException">Several resources threw. Of one that throws the exception is rethrown as it
    /// is. In any case all others were disposed of and all rows freed.</exception>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_ended != 0) return;
            foreach (Query query in _queries.Values)
            {
                if (query.IsIterated)
                    throw new InvalidOperationException($"The world was disposed of while a query ({query.Description}) was iterated; end the loop first.");
            }
            if (_updates > 0)
                throw new InvalidOperationException("The world was disposed of while a schedule runs on it; do it after the update.");
            Volatile.Write(ref _ended, 1);
        }
        var failures = new Failures();
        DisposeResources(failures);
        foreach (Archetype archetype in _archetypes) archetype.Dispose(failures);
        failures.Try(_table);
        _archetypes = [];
        _blocs = [];
        _byKey.Clear();
        _moves.Clear();
        failures.Try(Ledger.CheckGuards);
        failures.Throw();
    }

    /// <summary>A schedule begins an update of systems on this world, which may not end before it.</summary>
    internal void BeginUpdate()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            _updates++;
        }
    }

    internal void EndUpdate()
    {
        lock (_gate) _updates--;
    }

    /// <summary>The world lives, and no schedule runs on it but one that the calling thread runs a system of.</summary>
    internal void RequireStill()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            if (_updates > 0 && Running.Scope.Node is null)
                throw new InvalidOperationException("A snapshot was taken or restored while a schedule runs on the world; do it after the update.");
        }
    }

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(IsDisposed, this);

    /// <summary>The archetype of a signature, made if there is none yet.</summary>
    internal Archetype ArchetypeOf(Signature signature, int level, bool enBloc)
    {
        lock (_gate) return FindOrMake(signature, level, enBloc);
    }

    /// <summary>Under the lock.</summary>
    private Archetype FindOrMake(Signature signature, int level, bool enBloc)
    {
        ThrowIfDisposed();
        if (_byKey.TryGetValue((signature, level, enBloc), out Archetype? archetype)) return archetype;
        Running.RequireCreate(signature);
        if (!enBloc)
        {
            foreach (ComponentType type in signature.Types)
            {
                if (type.IsBlock)
                    throw new InvalidOperationException($"{type} is a block component; only rows made en bloc have those: use World.Rows.");
            }
        }
        if (enBloc && _blocs.Length > 4093)
            throw new InvalidOperationException("A world holds at most 4094 en-bloc archetypes; use fewer signatures or levels.");
        foreach (Query query in _queries.Values) query.RefuseIfIterated(signature);
        archetype = new Archetype(this, signature, level, _archetypes.Length, enBloc ? _blocs.Length : -1);
        foreach (Query query in _queries.Values) query.Offer(archetype);
        _archetypes = [.. _archetypes, archetype];
        if (enBloc) _blocs = [.. _blocs, archetype];
        _byKey.Add((signature, level, enBloc), archetype);
        return archetype;
    }
}
