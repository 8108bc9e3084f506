using System.Runtime.InteropServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The rows that a query of the host meant when an update read them, and where their numbers stand in the input: in the query's order. Nodes and
/// sorted points are the method's own, whatever the query says: they come and go with each tree.
/// </summary>
internal sealed class EntityRows(World world, TreeLayout own, QueryDescription description, Action<Signature> require)
{
    private readonly List<Run> _runs = [];

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The archetypes that have rows.</summary>
    public ReadOnlySpan<Run> Runs => CollectionsMarshal.AsSpan(_runs);

    /// <summary>Whether the query means the same rows in the same order still.</summary>
    public bool AreCurrent
    {
        get
        {
            int next = 0;
            foreach (Archetype rows in world.Query(description).Matches)
            {
                if (!IsHosts(rows)) continue;
                if (next == _runs.Count || !ReferenceEquals(_runs[next].Rows, rows) || _runs[next].Changes != rows.Changes) return false;
                next++;
            }
            return next == _runs.Count;
        }
    }

    /// <summary>Notes the rows that the query means now.</summary>
    /// <exception cref="InvalidOperationException">Rows lack a component that is needed.</exception>
    public void Note()
    {
        ReadOnlySpan<Archetype> matches = world.Query(description).Matches;
        foreach (Archetype rows in matches) if (IsHosts(rows)) require(rows.Signature);
        _runs.Clear();
        Count = 0;
        foreach (Archetype rows in matches)
        {
            if (!IsHosts(rows)) continue;
            _runs.Add(new Run(rows, rows.Changes, Count));
            Count = checked(Count + rows.Count);
        }
    }

    /// <summary>Puts the rows of each archetype into the order in which points name them; one that has another order already, by another set of points, stays.</summary>
    /// <param name="points">For each sorted point its place in the input.</param>
    public void Sort(ReadOnlySpan<InputIndex> points)
    {
        foreach (Run run in Runs)
        {
            if (run.Rows.Changes != run.Changes) continue;
            int[] order = new int[run.Rows.Count];
            int next = 0;
            foreach (InputIndex point in points)
                if ((uint)(point.Value - run.First) < (uint)order.Length) order[next++] = point.Value - run.First;
            run.Rows.Reorder(order);
        }
    }

    /// <summary>The entity at a place in the input, for messages.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public string NameOf(int index)
    {
        int at = _runs.FindLastIndex(run => run.First <= index);
        if (at < 0 || index >= Count) return "no entity";
        (Archetype rows, _, int first) = _runs[at];
        return $"{(index - first < rows.Count ? rows.Chunk.Entity(index - first) : "an entity")}, row {index - first} of {rows.Signature}";
    }

    private bool IsHosts(Archetype rows) => rows.Count > 0 && !(rows.IsEnBloc && own.Has(rows.Signature));

    /// <summary>The rows of one archetype.</summary>
    /// <param name="Rows">The archetype.</param>
    /// <param name="Changes">Its <see cref="Archetype.Changes"/> when they were noted.</param>
    /// <param name="First">Place of its row 0 in the input.</param>
    public readonly record struct Run(Archetype Rows, long Changes, int First);
}
