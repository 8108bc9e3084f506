namespace Fmm.Engine;

/// <summary>
/// The processes that compute one field together, seen from one of them: its number, how many they are, and what they tell each other. A system that uses it
/// does not know whether they are processes of MPI (<c>MpiRanks</c>), threads of one process (<see cref="ThreadRanks"/>) or one alone (<see cref="OneRank"/>).
/// </summary>
/// <remarks>
/// All ranks make the same collective calls in the same order. Calls of a rank come from one thread at a time. Counts are of elements, sizes of elements in bytes;
/// what is larger than a message of the transport can be is cut inside. <see cref="RankCalls"/> has the same for spans.
/// </remarks>
public unsafe interface IRanks : IDisposable
{
    /// <summary>The transport, for reports: one, threads, Open MPI 4.1.4.</summary>
    string Name { get; }

    /// <summary>The number of this rank, 0 to <see cref="Count"/> - 1.</summary>
    int Rank { get; }

    /// <summary>How many there are, 1 or more.</summary>
    int Count { get; }

    /// <summary>What this rank has sent and received so far.</summary>
    RankTraffic Traffic { get; }

    /// <summary>Returns when all ranks have called it.</summary>
    /// <exception cref="RankFailedException">A rank has failed, or did not come in time.</exception>
    void Barrier();

    /// <summary>Brings what every rank gives, as many elements each, to all: rank r's stand at r times the count.</summary>
    /// <param name="own">This rank's elements.</param>
    /// <param name="count">How many.</param>
    /// <param name="elementBytes">The size of one.</param>
    /// <param name="all">Receives those of all ranks, <see cref="Count"/> times as many.</param>
    /// <exception cref="RankFailedException">A rank has failed, or did not come in time.</exception>
    void Gather(void* own, long count, int elementBytes, void* all);

    /// <summary>Sends some elements to each rank and receives some from each: those for rank r stand behind those for the ranks before it.</summary>
    /// <param name="send">What goes out.</param>
    /// <param name="sendCounts">Elements for each rank.</param>
    /// <param name="receive">Receives what comes in.</param>
    /// <param name="receiveCounts">Elements from each rank, as these say.</param>
    /// <param name="elementBytes">The size of one.</param>
    /// <exception cref="RankFailedException">A rank has failed, did not come in time, or sends another number.</exception>
    void Exchange(void* send, ReadOnlySpan<long> sendCounts, void* receive, ReadOnlySpan<long> receiveCounts, int elementBytes);

    /// <summary>Begins to send; the memory stays as it is until the message is done.</summary>
    /// <param name="data">The elements.</param>
    /// <param name="count">How many.</param>
    /// <param name="elementBytes">The size of one.</param>
    /// <param name="to">The rank that receives it.</param>
    /// <param name="tag">What it is, 0 to 32767: messages of one tag between two ranks arrive in their order.</param>
    RankMessage Send(void* data, long count, int elementBytes, int to, int tag);

    /// <summary>Begins to receive as many elements as the other rank sends; the memory is not to be touched until the message is done.</summary>
    /// <param name="data">Where they go.</param>
    /// <param name="count">How many.</param>
    /// <param name="elementBytes">The size of one.</param>
    /// <param name="from">The rank that sends it.</param>
    /// <param name="tag">What it is.</param>
    RankMessage Receive(void* data, long count, int elementBytes, int from, int tag);

    /// <summary>Whether a message is done; moves what is under way.</summary>
    /// <exception cref="RankFailedException">The other rank has failed, or sends another number.</exception>
    bool IsDone(RankMessage message);

    /// <summary>Waits until a message is done, and forgets it.</summary>
    /// <exception cref="RankFailedException">The other rank has failed, did not come in time, or sends another number.</exception>
    void Wait(RankMessage message);

    /// <summary>Tells all other ranks that this one has failed; they end with its words.</summary>
    /// <param name="reason">What happened, in a sentence.</param>
    void Fail(string reason);
}
