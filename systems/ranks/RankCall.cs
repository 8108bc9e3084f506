using System.Text;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// What a rank is about to do, held against what the others are: a call that only some ranks make, or that one of them refuses, ends on all of them before
/// any waits for another.
/// </summary>
/// <param name="Call">A number for the call.</param>
/// <param name="Variant">What has to be the same beside it: whether targets are the sources, how many charge vectors there are.</param>
/// <param name="IsRefused">1 where this rank refuses it.</param>
/// <param name="Count">What is added up over the ranks.</param>
internal readonly record struct RankCall(long Call, long Variant, long IsRefused, long Count)
{
    private static readonly string[] _names = ["Create", "SetPoints", "MovePoints", "Evaluate", "Verify", "GatherRanks"];

    /// <summary>A call by its name, as this rank sees it.</summary>
    public static RankCall Of(string call, long variant, Exception? fault, long count = 0) => new(Array.IndexOf(_names, call), variant, fault is null ? 0 : 1, count);

    /// <summary>Holds the ranks' calls against each other.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="fault">Why this rank refuses the call; null where it does not.</param>
    /// <returns>The sum of the ranks' counts.</returns>
    /// <exception cref="RankFailedException">Another rank makes another call, or refuses this one.</exception>
    public long Agree(IRanks ranks, Exception? fault)
    {
        RankCall[] all = ranks.Gather(this);
        int refusing = Array.FindIndex(all, one => one.IsRefused != 0);
        string words = refusing < 0 ? "" : Words(ranks, refusing, fault?.Message ?? "");
        if (fault is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        if (refusing >= 0) throw new RankFailedException($"Rank {refusing} of {ranks.Count} refuses {_names[all[refusing].Call]}: {words}", isAgreed: true);
        for (int rank = 1; rank < all.Length; rank++)
        {
            if (all[rank].Call != all[0].Call)
                throw new RankFailedException($"Rank {rank} calls {_names[all[rank].Call]} where rank 0 calls {_names[all[0].Call]}: all ranks make the same calls in the same order.", isAgreed: true);
            if (all[rank].Variant != all[0].Variant)
                throw new RankFailedException($"Rank {rank} calls {_names[Call]} otherwise than rank 0 (with {all[rank].Variant}, not {all[0].Variant}): give all ranks sources alone or sources and targets, and as many charge vectors.", isAgreed: true);
        }

        return all.Sum(one => one.Count);
    }

    /// <summary>Holds a text against that of rank 0.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="parts">What has to be the same on all ranks, part by part.</param>
    /// <param name="what">What it is.</param>
    /// <exception cref="RankFailedException">A rank's is another.</exception>
    public static void RequireSame(IRanks ranks, string[] parts, string what)
    {
        string first = Words(ranks, 0, string.Join('\n', parts)), own = string.Join('\n', parts);
        int differing = Array.FindIndex(ranks.Gather(first == own ? 0 : 1), one => one != 0);
        if (differing < 0) return;
        string[] theirs = Words(ranks, differing, own).Split('\n'), wanted = first.Split('\n');
        int part = 0;
        while (part < Math.Min(theirs.Length, wanted.Length) - 1 && theirs[part] == wanted[part]) part++;
        throw new RankFailedException($"Rank {differing} of {ranks.Count} has another {what} than rank 0: {theirs[part]}, not {wanted[part]}.", isAgreed: true);
    }

    private static string Words(IRanks ranks, int root, string own)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(own);
        long[] length = [bytes.Length];
        ranks.Broadcast<long>(length, root);
        byte[] words = ranks.Rank == root ? bytes : new byte[length[0]];
        ranks.Broadcast<byte>(words, root);
        return Encoding.UTF8.GetString(words);
    }
}
