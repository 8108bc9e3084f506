namespace Fmm.Engine;

/// <content>The order of rows.</content>
public sealed unsafe partial class Archetype
{
    /// <summary>
    /// Puts rows made one at a time into another order: row i becomes what row <c>order[i]</c> was. Entities keep their names, which find their rows as before;
    /// spans and row numbers held from before are of other rows.
    /// </summary>
    /// <param name="order">Each row number once.</param>
    /// <exception cref="ArgumentException">It is of another length, or does not name every row once; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">Rows were made en bloc, or are being iterated.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for a copy of the widest column; nothing has changed.</exception>
    public void Reorder(ReadOnlySpan<int> order)
    {
        if (IsEnBloc) throw new InvalidOperationException($"Reorder is for rows made one at a time; those of {Signature} were made en bloc, by a system that knows their order.");
        RequireChange();
        if (order.Length != Count) throw new ArgumentException($"{Signature} has {Count} rows, but the order names {order.Length}: name each once.", nameof(order));
        using NativeBuffer<byte> seen = new(_world.Ledger, "reorder: rows seen", Count);
        seen.Clear();
        foreach (int row in order)
        {
            if ((uint)row >= (uint)Count || seen[row]++ != 0)
                throw new ArgumentException($"The order names row {row} of {Signature} twice, or there is none: name each of the rows 0 to {Count - 1} once.", nameof(order));
        }
        long widest = Count * (long)sizeof(Entity);
        foreach (Column column in _columns) widest = Math.Max(widest, column.UsedBytes);
        using NativeBlock copy = new(_world.Ledger, "reorder: a column");
        copy.Resize(widest, keep: false);
        foreach (Column column in _columns) Reorder(order, column.Pointer, column.RowBytes, copy.Pointer);
        Reorder(order, (byte*)_entities.Pointer, sizeof(Entity), copy.Pointer);
        for (int row = 0; row < Count; row++) _world.Table[_entities.Pointer[row].Id]->Row = row;
        Changes++;
    }

    private static void Reorder(ReadOnlySpan<int> order, byte* rows, long bytes, byte* copy)
    {
        if (bytes == 0) return;
        Buffer.MemoryCopy(rows, copy, order.Length * bytes, order.Length * bytes);
        for (int row = 0; row < order.Length; row++) Buffer.MemoryCopy(copy + (order[row] * bytes), rows + (row * bytes), bytes, bytes);
    }
}
