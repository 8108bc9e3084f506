using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Where the points of any cell begin among sorted keys. Cells down to about one a point are looked up in a table that one pass over
/// the keys fills, deeper ones are searched for: a sample that searched from the root took 60 ms at a million points, in misses
/// of the cache.
/// </summary>
internal sealed unsafe class CellStarts(Ledger ledger, string name) : IJob, IDisposable
{
    private const int KeysAUnit = 32768;
    private const int DeepestTable = 7;
    private readonly NativeBuffer<int> _starts = new(ledger, name);
    private int _shift;

    /// <summary>The keys.</summary>
    public SortedKeys Keys { get; private set; }

    /// <summary>The deepest level in the table.</summary>
    public int Level { get; private set; }

    /// <summary>Reads the keys anew.</summary>
    public void Read(SortedKeys keys, Jobs jobs)
    {
        Keys = keys;
        Level = 0;
        while (Level < DeepestTable && 8L << (3 * Level) <= keys.Count) Level++;
        _shift = 3 * (Morton.MaxLevel - Level);
        _starts.Resize((1 << (3 * Level)) + 1);
        if (keys.Count == 0) _starts.Clear();
        else jobs.For((keys.Count + KeysAUnit - 1) / KeysAUnit, this);
    }

    /// <summary>The points of a cell.</summary>
    /// <param name="key">The cell's key.</param>
    /// <param name="level">Its level.</param>
    /// <param name="start">Where the points of its parent begin.</param>
    /// <param name="count">How many its parent has.</param>
    /// <param name="found">Where its own begin.</param>
    /// <returns>How many it has.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong key, int level, int start, int count, out int found)
    {
        found = start;
        if (count == 0) return 0;
        if (level <= Level)
        {
            int down = 3 * (Level - level);
            found = _starts.Pointer[key << down];
            return _starts.Pointer[(key + 1) << down] - found;
        }
        int shift = 3 * (Morton.MaxLevel - level);
        found = Keys.LowerBound(start, start + count, key << shift);
        return Keys.LowerBound(found, start + count, (key + 1) << shift) - found;
    }

    /// <summary>Notes the cells that begin within a run of keys: each begins at the first key that is not before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int unit, int worker)
    {
        int first = unit * KeysAUnit, end = Math.Min(Keys.Count, first + KeysAUnit), shift = _shift;
        int* starts = _starts.Pointer;
        ulong* keys = Keys.Keys;
        int next = first == 0 ? 0 : (int)(keys[first - 1] >> shift) + 1;
        for (int i = first; i < end; i++)
        {
            int cell = (int)(keys[i] >> shift);
            while (next <= cell) starts[next++] = i;
        }
        if (end < Keys.Count) return;
        while (next <= 1 << (3 * Level)) starts[next++] = end;
    }

    /// <inheritdoc/>
    public void Dispose() => _starts.Dispose();
}
