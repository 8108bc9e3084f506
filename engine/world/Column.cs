namespace Fmm.Engine;

/// <summary>One component of an archetype: all its rows in one aligned run of memory.</summary>
internal sealed unsafe class Column : IDisposable
{
    private readonly NativeBlock _block;

    internal Column(Ledger ledger, string owner, ComponentInfo info)
    {
        Info = info;
        Stride = info.Kind == ComponentKind.Block ? 0 : 1;
        _block = new NativeBlock(ledger, $"{owner} {info.Name}");
    }

    internal ComponentInfo Info { get; }

    /// <summary>Values a row: 1, or the stride of a block (0 until it is set).</summary>
    internal int Stride { get; private set; }

    internal long RowBytes => (long)Stride * Info.Bytes;

    internal byte* Pointer => _block.Pointer;

    internal long UsedBytes => _block.UsedBytes;

    internal byte* Row(int row) => _block.Pointer + (row * RowBytes);

    internal void SetStride(int stride) => Stride = stride;

    /// <summary>Takes the memory that <see cref="Replace"/> (or <see cref="Resize"/>, with <paramref name="keep"/>) needs for so many
    /// rows, so that these can't fail.</summary>
    internal void Prepare(int rows, bool keep) => Prepare(rows, Stride, keep);

    /// <inheritdoc cref="Prepare(int, bool)"/>
    internal void Prepare(int rows, int stride, bool keep)
    {
        // Rows by stride by bytes may not fit a long; the product is then far past what any block may have.
        long row = (long)stride * Info.Bytes;
        _block.Prepare(row == 0 || rows <= NativeBlock.MostBytes / row ? rows * row : long.MaxValue, keep);
    }

    /// <summary>Gives back what was prepared.</summary>
    internal void Abandon() => _block.Abandon();

    /// <summary>En bloc: old contents are gone; zero if <paramref name="clear"/>.</summary>
    internal void Replace(int rows, bool clear)
    {
        _block.Resize(rows * RowBytes, keep: false);
        if (clear) _block.Zero(0, _block.UsedBytes);
    }

    /// <summary>One by one: old rows stay, new ones are zero.</summary>
    internal void Resize(int rows) => _block.Resize(rows * RowBytes, keep: true);

    /// <summary>Moves <paramref name="count"/> rows down over earlier ones, in order.</summary>
    internal void MoveDown(int from, int to, int count) =>
        Buffer.MemoryCopy(Row(from), Row(to), count * RowBytes, count * RowBytes);

    public void Dispose() => _block.Dispose();
}
