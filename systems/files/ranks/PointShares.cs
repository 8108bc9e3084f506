using Fmm.Engine;

namespace Fmm.Files;

/// <summary>Points that one rank has read, handed out by equal shares of the rows.</summary>
internal static class PointShares
{
    /// <summary>Whether each rank can read its own rows of a file: it has arrays, and is not read once from its beginning to its end.</summary>
    public static bool IsReadByAll(DataLocation at) => at.Format is not DataFormat.Csv && !InputFile.IsStream(at.File);

    /// <summary>Hands out what rank 0 has.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="points">All points on rank 0; nothing on the others.</param>
    /// <param name="components">Numbers of a charge.</param>
    /// <returns>This rank's share.</returns>
    public static PointSet HandOut(IRanks ranks, PointSet? points, int components)
    {
        bool hasTargets = ranks.Gather(points?.Targets is null ? 0 : 1)[0] == 1;
        return new PointSet(HandOut(ranks, points?.Sources), HandOut(ranks, points?.Charges, components), hasTargets ? HandOut(ranks, points?.Targets) : null);
    }

    /// <summary>Hands out rows of numbers.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="rows">All rows on rank 0.</param>
    /// <param name="width">Elements of a row.</param>
    public static T[] HandOut<T>(IRanks ranks, T[]? rows, int width = 1)
        where T : unmanaged
    {
        long[] send = new long[ranks.Count], receive = new long[ranks.Count];
        for (int rank = 0; rank < ranks.Count && ranks.Rank == 0; rank++) send[rank] = width * new RowShare(rank, ranks.Count).Of(rows!.Length / width).Count;
        return ranks.Exchange<T>(rows, send, receive);
    }

    /// <summary>Forgets targets that are the sources on all ranks; only together do they know.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">This rank's share; targets on all ranks or on none.</param>
    /// <param name="note">Called where the targets are places of their own.</param>
    public static PointSet WithoutEqualTargets(IRanks ranks, PointSet own, Action note)
    {
        if (own.Targets is null) return own;
        if (ranks.Largest(own.Targets.AsSpan().SequenceEqual(own.Sources) ? 0 : 1) == 0) return own with { Targets = null };
        note();
        return own;
    }
}
