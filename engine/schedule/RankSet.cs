using System.Numerics;

namespace Fmm.Engine;

/// <summary>A set of systems by rank, rank 0 first; changed by many threads without locks.</summary>
internal sealed class RankSet(int count)
{
    private readonly ulong[] _words = new ulong[(count + 63) / 64];

    /// <summary>The lowest rank in the set; -1: empty.</summary>
    internal int First()
    {
        ulong[] words = _words;
        for (int i = 0; i < words.Length; i++)
        {
            ulong word = Volatile.Read(ref words[i]);
            if (word != 0) return (i << 6) + BitOperations.TrailingZeroCount(word);
        }
        return -1;
    }

    /// <summary>Puts a rank in; a full fence.</summary>
    internal void Add(int rank) => Interlocked.Or(ref _words[rank >> 6], 1UL << (rank & 63));

    /// <summary>Takes a rank out.</summary>
    /// <returns>Whether this call took it.</returns>
    internal bool Take(int rank)
    {
        ulong bit = 1UL << (rank & 63);
        return (Interlocked.And(ref _words[rank >> 6], ~bit) & bit) != 0;
    }

    internal void Clear() => Array.Clear(_words);
}
