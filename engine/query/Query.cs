namespace Fmm.Engine;

/// <summary>
/// The rows that a <see cref="QueryDescription"/> means, in one world: <c>foreach (ref var chunk in query)</c>. Chunks come
/// in the order in which their archetypes were made, rows forward; empty chunks are left out.
/// </summary>
/// <remarks>
/// Kept by the world and up to date always; going through it allocates nothing. While it is iterated, rows that it matches
/// can't be made or removed. An enumerator that is taken by hand ends with its last chunk, with Dispose (more than once does no
/// harm), or, left in the middle, when nobody holds it any more.
/// </remarks>
public sealed class Query
{
    /// <summary>Iterations that stand ready: how many meet is a matter of timing, and a warm step allocates nothing. More that
    /// meet are made then.</summary>
    private const int MostAtOnce = 4;

    private Archetype[] _matches = [];
    private Archetype[] _byLevel = [];
    private readonly Lock _gate = new();
    private readonly Stack<Iteration> _idle = new(MostAtOnce);
    private readonly List<WeakReference<Iteration>> _running = new(MostAtOnce);
    private int _iterating;

    internal Query(QueryDescription description)
    {
        Description = description;
        for (int i = 0; i < MostAtOnce; i++) _idle.Push(new Iteration());
    }

    /// <summary>Which rows are meant.</summary>
    public QueryDescription Description { get; }

    /// <summary>The archetypes that match, empty ones too, in the order in which they were made.</summary>
    public ReadOnlySpan<Archetype> Matches => _matches;

    /// <summary>Whether someone iterates. Enumerators that were left in the middle do not count: before a change is refused, the
    /// garbage collector is asked whether anyone still holds them.</summary>
    internal bool IsIterated
    {
        get
        {
            if (Volatile.Read(ref _iterating) == 0) return false;
            GC.Collect();
            lock (_gate)
            {
                _running.RemoveAll(static iteration => !iteration.TryGetTarget(out _));
                Volatile.Write(ref _iterating, _running.Count);
                return _running.Count > 0;
            }
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count()
    {
        int rows = 0;
        foreach (Archetype archetype in _matches) rows += archetype.Count;
        return rows;
    }

    /// <summary>The chunks, while their rows can't be made or removed.</summary>
    public ChunkEnumerator GetEnumerator() => new(this, _matches, reversed: false);

    /// <summary>The chunks of rows that have a level, in level order; rows within a chunk run forward in both.</summary>
    /// <param name="order">The direction.</param>
    public Levels Levels(LevelOrder order) => new(this, _byLevel, order == LevelOrder.BottomUp);

    internal Iteration BeginIteration()
    {
        lock (_gate)
        {
            Iteration iteration = _idle.Count > 0 ? _idle.Pop() : new Iteration();
            _running.Add(iteration.Self);
            Volatile.Write(ref _iterating, _running.Count);
            return iteration;
        }
    }

    /// <summary>Ends one use of an iteration; a second call for the same use does nothing.</summary>
    internal void EndIteration(Iteration iteration, long use)
    {
        lock (_gate)
        {
            if (iteration.Use != use) return;
            iteration.Use++;
            _running.Remove(iteration.Self);
            Volatile.Write(ref _iterating, _running.Count);
            _idle.Push(iteration);
        }
    }

    /// <summary>A first row of a signature would change what is being iterated.</summary>
    internal void RefuseIfIterated(Signature signature)
    {
        if (Description.Matches(signature) && IsIterated)
            throw new InvalidOperationException($"Rows of {signature} were first made while a query that matches them was iterated; record the change in a CommandBuffer and play it back after the loop.");
    }

    /// <summary>A new archetype; under the world's lock.</summary>
    internal void Offer(Archetype archetype)
    {
        if (!Description.Matches(archetype.Signature)) return;
        archetype.Register(this);
        _matches = [.. _matches, archetype];
        // A stable sort: archetypes of one level keep the order in which they were made.
        if (archetype.Level != Archetype.NoLevel) _byLevel = [.. _byLevel.Append(archetype).OrderBy(one => one.Level)];
    }
}
