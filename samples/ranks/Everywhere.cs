using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>A few numbers of every rank brought to all: what a scene is held to, never its points.</summary>
internal static class Everywhere
{
    /// <summary>The elements of all ranks, rank after rank.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">This rank's, any number.</param>
    public static T[] All<T>(this IRanks ranks, T[] own)
        where T : unmanaged
    {
        if (ranks.Count == 1) return own;
        long[] send = new long[ranks.Count], receive = new long[ranks.Count];
        Array.Fill(send, own.Length);
        T[] copies = new T[own.Length * ranks.Count];
        for (int rank = 0; rank < ranks.Count; rank++) own.CopyTo(copies, rank * own.Length);
        return ranks.Exchange<T>(copies, send, receive);
    }

    /// <summary>This rank's share of what all of them can make.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="all">All.</param>
    public static T[] Share<T>(this IRanks ranks, T[] all)
    {
        (long first, long count) = new Fmm.Files.RowShare(ranks.Rank, ranks.Count).Of(all.Length);
        return ranks.Count == 1 ? all : all[(int)first..(int)(first + count)];
    }
}
