namespace Fmm.Engine;

/// <summary>What one worker did in an update, span by span. Holds the first 4096 spans and counts the rest.</summary>
internal sealed class TraceLog
{
    private const int Capacity = 4096;
    private readonly Span[] _spans = new Span[Capacity];

    internal readonly record struct Span(int Rank, long Start, long End);

    internal ReadOnlySpan<Span> Spans => _spans.AsSpan(0, Count);

    internal int Count { get; private set; }

    internal int Dropped { get; private set; }

    internal void Add(int rank, long start, long end)
    {
        if (Count < Capacity) _spans[Count++] = new Span(rank, start, end);
        else Dropped++;
    }

    internal void Clear() => Count = Dropped = 0;
}
