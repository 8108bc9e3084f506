using Fmm.Engine;

namespace Fmm.Files;

/// <summary>
/// The rows of a field that lie on all ranks, rank after rank, for rank 0, which writes them: it asks for a piece, and whoever has it sends it (<see cref="RowServer"/>). So no memory
/// ever holds more than a piece of what others have, and the file is written by the code that writes one rank's.
/// </summary>
internal sealed unsafe class GatheredRows : IFieldRows, IDisposable
{
    /// <summary>Tags of messages: what is asked for, and the rows.</summary>
    internal const int RequestTag = 4711, RowsTag = 4712;

    /// <summary>The array's number in a request that ends it.</summary>
    internal const long End = -1;

    private readonly IRanks _ranks;
    private readonly FieldData _own;
    private readonly long[] _first;
    private readonly Dictionary<FieldArray, double[]> _pieces = [];
    private bool _ended;

    private GatheredRows(IRanks ranks, FieldData own, long[] first)
    {
        _ranks = ranks;
        _own = own;
        _first = first;
    }

    /// <inheritdoc/>
    public long Count => _first[^1];

    /// <summary>Opens the rows on rank 0; the others serve them. All ranks call it.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">This rank's rows.</param>
    /// <returns>The rows; null on other ranks, once rank 0 has all that it wants.</returns>
    /// <exception cref="RankFailedException">A rank has failed.</exception>
    public static GatheredRows? Open(IRanks ranks, FieldData own)
    {
        long[] counts = ranks.Gather((long)own.Count), first = new long[ranks.Count + 1];
        for (int rank = 0; rank < ranks.Count; rank++) first[rank + 1] = first[rank] + counts[rank];
        if (ranks.Rank == 0) return new GatheredRows(ranks, own, first);
        RowServer.Serve(ranks, own);
        return null;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<double> Read(FieldArray array, long first, int count)
    {
        int width = _own.WidthOf(array), rank = 0;
        while (rank < _ranks.Count - 1 && first >= _first[rank + 1]) rank++;
        if (rank == 0 && first + count <= _first[1]) return _own.Held(array).Slice((int)first * width, count * width);
        double[] piece = _pieces.GetValueOrDefault(array) is { } there && there.Length >= count * width ? there : _pieces[array] = new double[count * width];
        for (int done = 0; done < count; rank++)
        {
            int from = (int)(first + done - _first[rank]), rows = (int)Math.Min(count - done, _first[rank + 1] - first - done);
            if (rows <= 0) continue;
            Span<double> to = piece.AsSpan(done * width, rows * width);
            if (rank == 0) _own.Held(array).Slice(from * width, rows * width).CopyTo(to);
            else Ask(rank, array, from, rows, to);
            done += rows;
        }

        return piece.AsSpan(0, count * width);
    }

    /// <summary>Lets the other ranks go.</summary>
    public void Dispose()
    {
        if (_ended) return;
        _ended = true;
        for (int rank = 1; rank < _ranks.Count; rank++) Request(rank, End, 0, 0);
    }

    private void Ask(int rank, FieldArray array, int first, int rows, Span<double> to)
    {
        fixed (double* numbers = to)
        {
            RankMessage coming = _ranks.Receive(numbers, to.Length, sizeof(double), rank, RowsTag);
            Request(rank, (long)array, first, rows);
            _ranks.Wait(coming);
        }
    }

    private void Request(int rank, long array, long first, long rows)
    {
        long* words = stackalloc long[] { array, first, rows };
        _ranks.Wait(_ranks.Send(words, 3, sizeof(long), rank, RequestTag));
    }
}
