namespace Fmm.Files;

/// <summary>
/// Rows of an unknown number, kept in blocks: what a doubling array would need at its last growth (three times the data)
/// would be the largest allocation of the whole command.
/// </summary>
internal sealed class GrowingRows<T>
    where T : unmanaged
{
    private const int Block = 1 << 16;
    private readonly List<T[]> _blocks = [];

    /// <summary>Rows added so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row.</summary>
    public void Add(T row)
    {
        int at = Count % Block;
        if (at == 0) _blocks.Add(new T[Block]);
        _blocks[^1][at] = row;
        Count++;
    }

    /// <summary>All rows in one array; the blocks are let go.</summary>
    public T[] ToArray()
    {
        T[] all = new T[Count];
        for (int b = 0; b < _blocks.Count; b++) _blocks[b].AsSpan(0, Math.Min(Block, Count - b * Block)).CopyTo(all.AsSpan(b * Block));
        _blocks.Clear();
        Count = 0;
        return all;
    }
}
