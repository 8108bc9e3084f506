namespace Fmm.Engine;

/// <summary>
/// Ranks that are threads of one process: what runs on many machines is tried on one, without a launcher. Each has its own world; nothing is shared but what they
/// send each other.
/// </summary>
public static class ThreadRanks
{
    /// <summary>Runs something on as many ranks, and returns when all have ended.</summary>
    /// <param name="count">How many, 1 to 4096.</param>
    /// <param name="action">What each does; it may throw, which ends the others where they wait.</param>
    /// <param name="patience">How long a rank waits for another; a minute by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none, or too many.</exception>
    /// <exception cref="RankFailedException">A rank has failed; what it has thrown is inside.</exception>
    public static void Run(int count, Action<IRanks> action, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (count is < 1 or > 4096) throw new ArgumentOutOfRangeException(nameof(count), count, "Choose 1 to 4096 ranks.");
        ThreadGroup group = new(count, patience ?? TimeSpan.FromMinutes(1));
        Thread[] threads = new Thread[count];
        for (int rank = 0; rank < count; rank++)
        {
            ThreadRank own = new(group, rank);
            threads[rank] = new Thread(() => group.Run(own, action)) { Name = $"rank {rank}", IsBackground = true };
            threads[rank].Start();
        }

        foreach (Thread thread in threads) thread.Join();
        group.ThrowIfFailed();
    }
}
