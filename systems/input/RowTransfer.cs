using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Copies numbers between the host's rows and input or output, cut into pieces that do not depend on the threads.</summary>
internal sealed unsafe class RowTransfer(Ledger ledger) : IJob, IDisposable
{
    private const int NumbersAPiece = 1 << 16;
    private readonly NativeBuffer<Piece> _pieces = new(ledger, "entities: pieces");
    private int _count;
    private int _found;
    private Way _way;

    private enum Way
    {
        Read,
        Compare,
        Write,
    }

    /// <summary>Forgets what was added.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a component of rows; archetypes without it are left out.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="column">The component.</param>
    /// <param name="numbers">The same numbers in the order of the input.</param>
    /// <param name="change">What differs, where they do.</param>
    /// <param name="write">Whether the rows are written.</param>
    public void Add(EntityRows rows, EntityColumn column, double* numbers, FieldChange change, bool write = false)
    {
        foreach (EntityRows.Run run in rows.Runs)
        {
            Chunk chunk = run.Rows.Chunk;
            if (!chunk.Has(column.Type)) continue;
            byte* from = write ? column.Write(chunk) : column.Read(chunk);
            double* to = numbers + ((nint)run.First * column.Numbers);
            long length = (long)chunk.Count * column.Numbers;
            int pieces = checked((int)((length + NumbersAPiece - 1) / NumbersAPiece));
            _pieces.Resize(_count + pieces, keep: true);
            for (long start = 0; start < length; start += NumbersAPiece)
                _pieces.Pointer[_count++] = new Piece(from + (start * column.Bytes), column.IsSingle, to + start, (int)Math.Min(NumbersAPiece, length - start), change);
        }
    }

    /// <summary>Copies what was added from the rows, where it differs.</summary>
    /// <returns>What differed.</returns>
    public FieldChange Read(Jobs jobs) => Run(Way.Read, jobs);

    /// <summary>Compares what was added with the rows.</summary>
    /// <returns>What differs.</returns>
    public FieldChange Compare(Jobs jobs) => Run(Way.Compare, jobs);

    /// <summary>Copies what was added to the rows: all of it, also where the update is cancelled meanwhile.</summary>
    public void Write(Jobs jobs)
    {
        try
        {
            Run(Way.Write, jobs);
        }
        catch
        {
            Run(Way.Write, Jobs.Serial);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        Piece piece = _pieces.Pointer[unit];
        if (piece.IsSingle)
        {
            ExecuteSingle(piece);
            return;
        }
        // As bits: what is no number is compared, too.
        Span<long> rows = new(piece.Rows, piece.Count), numbers = new(piece.Numbers, piece.Count);
        if (_way == Way.Write) numbers.CopyTo(rows);
        else if (!rows.SequenceEqual(numbers))
        {
            if (_way == Way.Read) rows.CopyTo(numbers);
            Interlocked.Or(ref _found, (int)piece.Change);
        }
    }

    private void ExecuteSingle(in Piece piece)
    {
        float* rows = (float*)piece.Rows;
        double* numbers = piece.Numbers;
        bool differs = false;
        for (int i = 0; i < piece.Count; i++)
        {
            if (_way == Way.Write)
            {
                rows[i] = (float)numbers[i];
                continue;
            }
            double number = rows[i];
            if (BitConverter.DoubleToInt64Bits(number) == BitConverter.DoubleToInt64Bits(numbers[i])) continue;
            differs = true;
            if (_way == Way.Read) numbers[i] = number;
        }
        if (differs) Interlocked.Or(ref _found, (int)piece.Change);
    }

    /// <inheritdoc/>
    public void Dispose() => _pieces.Dispose();

    private FieldChange Run(Way way, Jobs jobs)
    {
        _way = way;
        _found = 0;
        jobs.For(_count, this);
        return (FieldChange)_found;
    }

    private readonly struct Piece(byte* rows, bool isSingle, double* numbers, int count, FieldChange change)
    {
        public readonly byte* Rows = rows;
        public readonly bool IsSingle = isSingle;
        public readonly double* Numbers = numbers;
        public readonly int Count = count;
        public readonly FieldChange Change = change;
    }
}
