namespace Fmm.Systems;

/// <summary>A key and the row that it came from, moved together: one cache line is written where two columns would take two.</summary>
internal struct KeyedIndex
{
    public ulong Key;
    public int Index;
}
