using System.Runtime.InteropServices;

namespace Fmm.Engine;

/// <summary>Entities that go to other ranks with all their components: after it each stands in the world of the rank that was named for it, and is gone from where it was.</summary>
public static unsafe class RowMigration
{
    /// <summary>Moves entities of one signature; all ranks call it.</summary>
    /// <remarks>
    /// Those that stay keep their order, and those that come stand behind them, in the order of the ranks that they come from and of the rows there: the same on every run. Who comes is a new
    /// entity in the new world; components that name other entities mean nothing there.
    /// </remarks>
    /// <param name="world">This rank's world.</param>
    /// <param name="signature">The entities' components, no block components; made one at a time, not en bloc.</param>
    /// <param name="owners">The rank for each row, in row order.</param>
    /// <param name="ranks">The ranks.</param>
    /// <returns>How many have left this rank, and how many have come.</returns>
    /// <exception cref="ArgumentException">There are not as many owners as rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no rank of a number that is named.</exception>
    /// <exception cref="InvalidOperationException">The rows are iterated, or have a block component.</exception>
    /// <exception cref="RankFailedException">A rank has failed.</exception>
    public static (int Left, int Came) Move(World world, Signature signature, ReadOnlySpan<int> owners, IRanks ranks)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(ranks);
        Archetype? rows = Find(world, signature);
        if (owners.Length != (rows?.Count ?? 0)) throw new ArgumentException($"There are {owners.Length} owners for {rows?.Count ?? 0} rows of {signature}.", nameof(owners));
        long[] send = new long[ranks.Count], receive = new long[ranks.Count];
        foreach (int owner in owners)
        {
            if (owner < 0 || owner >= ranks.Count) throw new ArgumentOutOfRangeException(nameof(owners), owner, $"There are {ranks.Count} ranks, from 0.");
            if (owner != ranks.Rank) send[owner]++;
        }

        ranks.Counts(send, receive);
        int bytes = signature.Types.ToArray().Sum(type => type.ByteSize), left = checked((int)send.Sum()), came = checked((int)receive.Sum());
        byte* leaving = (byte*)NativeMemory.Alloc((nuint)left, (nuint)bytes), coming = (byte*)NativeMemory.Alloc((nuint)came, (nuint)bytes);
        try
        {
            if (left > 0) Take(world, rows!, owners, ranks.Rank, send, leaving, bytes);
            ranks.Exchange(leaving, send, coming, receive, bytes);
            if (came > 0) Put(world, signature, coming, came, bytes);
        }
        finally
        {
            NativeMemory.Free(leaving);
            NativeMemory.Free(coming);
        }

        return (left, came);
    }

    private static Archetype? Find(World world, Signature signature)
    {
        foreach (Archetype one in world.Archetypes)
            if (one is { Level: Archetype.NoLevel, IsEnBloc: false } && one.Signature.Equals(signature)) return one;
        return null;
    }

    private static void Take(World world, Archetype rows, ReadOnlySpan<int> owners, int own, long[] send, byte* to, int bytes)
    {
        long[] next = new long[send.Length];
        for (int rank = 1; rank < next.Length; rank++) next[rank] = next[rank - 1] + send[rank - 1];
        List<Entity> leaving = [];
        for (int row = 0; row < owners.Length; row++)
        {
            if (owners[row] == own) continue;
            Copy(rows, row, to + (next[owners[row]]++ * bytes), intoRow: false);
            leaving.Add(rows.EntityAt(row));
        }

        world.Destroy(CollectionsMarshal.AsSpan(leaving));
    }

    private static void Put(World world, Signature signature, byte* from, int count, int bytes)
    {
        Entity[] created = new Entity[count];
        world.Create(created, signature);
        Archetype rows = world.Locate(created[0], out int first);
        for (int i = 0; i < count; i++) Copy(rows, first + i, from + ((long)i * bytes), intoRow: true);
    }

    private static void Copy(Archetype rows, int row, byte* record, bool intoRow)
    {
        foreach (Column column in rows.Columns)
        {
            byte* place = column.Row(row);
            if (intoRow) Buffer.MemoryCopy(record, place, column.RowBytes, column.RowBytes);
            else Buffer.MemoryCopy(place, record, column.RowBytes, column.RowBytes);
            record += column.RowBytes;
        }
    }
}
