using System.Collections.Concurrent;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>A store in memory that counts.</summary>
public sealed class MemoryStore : OperatorStore
{
    private readonly ConcurrentDictionary<string, Kept> _kept = new();
    private int _asked;
    private int _loaded;

    /// <summary>How often it was asked.</summary>
    public int Asked => _asked;

    /// <summary>How often it had what it was asked for.</summary>
    public int Loaded => _loaded;

    internal IReadOnlyCollection<Kept> All => [.. _kept.Values];

    internal override PlainMatrices? Load(OperatorKey key, Ledger ledger)
    {
        Interlocked.Increment(ref _asked);
        if (!_kept.TryGetValue(key.Digest, out Kept? kept)) return null;
        Interlocked.Increment(ref _loaded);
        PlainMatrices copy = new();
        foreach ((string name, int rows, int columns, double[] elements) in kept.Matrices) copy.Add(name, new PlainMatrix(rows, columns, [.. elements]));
        return copy;
    }

    internal override void Keep(OperatorKey key, PlainMatrices matrices, double seconds) => _kept[key.Digest] =
        new Kept(key, seconds, [.. matrices.ByName.Select(one => (one.Key, one.Value.Rows, one.Value.Columns, one.Value.Elements.ToArray()))]);

    internal sealed record Kept(OperatorKey Key, double Seconds, (string Name, int Rows, int Columns, double[] Elements)[] Matrices);
}
