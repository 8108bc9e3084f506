using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests.Ranks;

/// <summary>What every kind of ranks does, whichever carries it and however many they are: each check is called by all of them.</summary>
internal static unsafe class RankChecks
{
    /// <summary>All checks by name.</summary>
    public static readonly (string Name, Action<IRanks> Check)[] All =
    [
        (nameof(What_all_give_all_have_in_the_order_of_the_ranks), What_all_give_all_have_in_the_order_of_the_ranks),
        (nameof(Uneven_numbers_of_elements_go_where_they_are_sent), Uneven_numbers_of_elements_go_where_they_are_sent),
        (nameof(Sums_largest_numbers_and_what_one_rank_has_reach_all), Sums_largest_numbers_and_what_one_rank_has_reach_all),
        (nameof(Elements_of_any_size_arrive_whole), Elements_of_any_size_arrive_whole),
        (nameof(Large_and_uneven_elements_arrive_whole), Large_and_uneven_elements_arrive_whole),
        (nameof(Nothing_can_be_sent_and_gathered), Nothing_can_be_sent_and_gathered),
        (nameof(Nobody_leaves_a_barrier_before_all_are_there), Nobody_leaves_a_barrier_before_all_are_there),
        (nameof(Messages_around_a_ring_arrive_in_their_order_and_are_counted), Messages_around_a_ring_arrive_in_their_order_and_are_counted),
        (nameof(Messages_under_way_in_both_directions_are_told_apart_by_their_tags), Messages_under_way_in_both_directions_are_told_apart_by_their_tags),
        (nameof(What_stays_on_a_rank_is_not_counted), What_stays_on_a_rank_is_not_counted),
        (nameof(What_no_rank_can_do_is_refused), What_no_rank_can_do_is_refused),
    ];

    public static void What_all_give_all_have_in_the_order_of_the_ranks(IRanks ranks)
    {
        Assert.That(ranks.Gather(10 * ranks.Rank), Is.EqualTo(Enumerable.Range(0, ranks.Count).Select(rank => 10 * rank)));
        Assert.That(ranks.Sum((long)ranks.Rank), Is.EqualTo(ranks.Count * (ranks.Count - 1) / 2));
        Assert.That(ranks.Largest(ranks.Rank), Is.EqualTo(ranks.Count - 1));
    }

    public static void Uneven_numbers_of_elements_go_where_they_are_sent(IRanks ranks)
    {
        // Rank r sends rank q r + 2 q elements, each telling both.
        int count = ranks.Count;
        long[] counts = [.. Enumerable.Range(0, count).Select(to => (long)ranks.Rank + (2 * to))], received = new long[count];
        int[] send = [.. Enumerable.Range(0, count).SelectMany(to => Enumerable.Repeat((100 * ranks.Rank) + to, ranks.Rank + (2 * to)))];
        int[] got = ranks.Exchange<int>(send, counts, received);
        Assert.That(received, Is.EqualTo(Enumerable.Range(0, count).Select(from => (long)from + (2 * ranks.Rank))));
        Assert.That(got, Is.EqualTo(Enumerable.Range(0, count).SelectMany(from => Enumerable.Repeat((100 * from) + ranks.Rank, from + (2 * ranks.Rank)))));
    }

    public static void Sums_largest_numbers_and_what_one_rank_has_reach_all(IRanks ranks)
    {
        foreach (int length in (int[])[0, 1, 5, 10])
        {
            // Tenths have no exact sum: the order of the ranks tells.
            double[] sums = [.. Enumerable.Range(0, length).Select(i => (0.1 * ranks.Rank) + i)];
            long[] largest = [.. Enumerable.Range(0, length).Select(i => (long)i * (ranks.Rank + 1))], given = [.. Enumerable.Repeat((long)ranks.Rank, length)];
            ranks.Sum<double>(sums);
            ranks.Largest<long>(largest);
            ranks.Broadcast<long>(given, ranks.Count - 1);
            Assert.That(sums, Is.EqualTo(Enumerable.Range(0, length).Select(i => Enumerable.Range(1, ranks.Count - 1).Aggregate((double)i, (sum, rank) => sum + ((0.1 * rank) + i)))));
            Assert.That(largest, Is.EqualTo(Enumerable.Range(0, length).Select(i => (long)i * ranks.Count)));
            Assert.That(given, Is.All.EqualTo(ranks.Count - 1));
        }
    }

    public static void Elements_of_any_size_arrive_whole(IRanks ranks)
    {
        int count = ranks.Count;
        for (int size = 1; size <= 64; size++)
        {
            // Two elements of each rank to all, and to each rank one more than its number.
            byte[] own = Bytes(ranks.Rank, size, 2 * size), all = new byte[2 * size * count];
            fixed (byte* from = own, to = all) ranks.Gather(from, 2, size, to);
            Assert.That(all, Is.EqualTo(Enumerable.Range(0, count).SelectMany(rank => Bytes(rank, size, 2 * size))), $"{size} bytes");

            long[] sends = [.. Enumerable.Range(1, count).Select(n => (long)n)], receives = [.. Enumerable.Repeat(ranks.Rank + 1L, count)];
            byte[] send = [.. Enumerable.Range(0, count).SelectMany(to => Bytes((7 * ranks.Rank) + to, size, (to + 1) * size))], receive = new byte[(ranks.Rank + 1) * size * count];
            fixed (byte* from = send, to = receive) ranks.Exchange(from, sends, to, receives, size);
            Assert.That(receive, Is.EqualTo(Enumerable.Range(0, count).SelectMany(from => Bytes((7 * from) + ranks.Rank, size, (ranks.Rank + 1) * size))), $"{size} bytes");
        }
    }

    public static void Large_and_uneven_elements_arrive_whole(IRanks ranks)
    {
        // Larger than what a library sends at once, and than what is gathered in steps.
        int count = ranks.Count, own = ranks.Rank, length = 300_001;
        double[] given = Numbers(own, length), all = new double[length * count];
        ranks.Gather<double>(given, all);
        for (int rank = 0; rank < count; rank++) Assert.That(all.AsSpan(rank * length, length).SequenceEqual(Numbers(rank, length)), $"gathered from {rank}");

        // Rank 0 sends much to the last, which sends little to all; others send nothing.
        long[] sends = new long[count], receives = new long[count];
        if (own == 0) sends[^1] = 2 * length;
        if (own == count - 1) Array.Fill(sends, 3);
        double[] got = ranks.Exchange(new ReadOnlySpan<double>(Numbers(own, (int)sends.Sum())), sends, receives);
        int much = own == count - 1 && count > 1 ? 2 * length : 0;
        Assert.That(got.AsSpan(0, much).SequenceEqual(Numbers(0, much)));
        double[] last = Numbers(count - 1, 3 * count);
        Assert.That(got[much..], Is.EqualTo(count == 1 ? last[..3] : last[(3 * own)..(3 * (own + 1))]));
    }

    public static void Nothing_can_be_sent_and_gathered(IRanks ranks)
    {
        long[] none = new long[ranks.Count];
        ranks.Gather(null, 0, 8, null);
        ranks.Exchange(null, none, null, none, 8);
        if (ranks.Count == 1) return;
        RankMessage receive = ranks.Receive(null, 0, 8, (ranks.Rank + ranks.Count - 1) % ranks.Count, 5), send = ranks.Send(null, 0, 8, (ranks.Rank + 1) % ranks.Count, 5);
        ranks.Wait(send);
        ranks.Wait(receive);
    }

    public static void Nobody_leaves_a_barrier_before_all_are_there(IRanks ranks)
    {
        // The clock of one machine: the last rank comes late.
        if (ranks.Rank == ranks.Count - 1) Thread.Sleep(20);
        long before = Environment.TickCount64;
        ranks.Barrier();
        long after = Environment.TickCount64;
        Assert.That(after, Is.GreaterThanOrEqualTo(ranks.Gather(before).Max() - 1));
    }

    public static void Messages_around_a_ring_arrive_in_their_order_and_are_counted(IRanks ranks)
    {
        int count = ranks.Count, next = (ranks.Rank + 1) % count, before = (ranks.Rank + count - 1) % count;
        if (count == 1) return;
        RankTraffic start = ranks.Traffic;
        double* data = stackalloc double[4];
        (data[0], data[1]) = (ranks.Rank, ranks.Rank + 0.5);
        RankMessage first = ranks.Receive(data + 2, 1, sizeof(double), before, 3), second = ranks.Receive(data + 3, 1, sizeof(double), before, 3);
        RankMessage[] sent = [ranks.Send(data, 1, sizeof(double), next, 3), ranks.Send(data + 1, 1, sizeof(double), next, 3)];
        ranks.Wait(second);
        ranks.Wait(first);
        foreach (RankMessage message in sent) ranks.Wait(message);
        Assert.That((data[2], data[3]), Is.EqualTo(((double)before, before + 0.5)));
        RankTraffic traffic = ranks.Traffic - start;
        Assert.That((traffic.BytesSent, traffic.BytesReceived, traffic.Messages), Is.EqualTo((16L, 16L, 2L)));
    }

    public static void Messages_under_way_in_both_directions_are_told_apart_by_their_tags(IRanks ranks)
    {
        const int Each = 20;
        int count = ranks.Count;
        if (count == 1) return;
        long* sends = stackalloc long[Each * count], receives = stackalloc long[Each * count];
        List<RankMessage> messages = [];
        for (int other = 0; other < count; other++)
        {
            for (int tag = 0; tag < Each && other != ranks.Rank; tag++)
            {
                int place = (other * Each) + tag;
                sends[place] = (1000 * ranks.Rank) + place;
                messages.Add(ranks.Send(sends + place, 1, sizeof(long), other, tag));
            }
        }

        for (int other = 0; other < count; other++)
        {
            // In another order than they were sent in.
            for (int tag = Each - 1; tag >= 0 && other != ranks.Rank; tag--) messages.Add(ranks.Receive(receives + (other * Each) + tag, 1, sizeof(long), other, tag));
        }

        foreach (RankMessage message in messages)
        {
            if (message.Number % 3 == 0) SpinWait.SpinUntil(() => ranks.IsDone(message));
        }

        messages.Reverse();
        foreach (RankMessage message in messages) ranks.Wait(message);
        for (int other = 0; other < count; other++)
        {
            for (int tag = 0; tag < Each && other != ranks.Rank; tag++) Assert.That(receives[(other * Each) + tag], Is.EqualTo((1000 * other) + (ranks.Rank * Each) + tag));
        }
    }

    public static void What_stays_on_a_rank_is_not_counted(IRanks ranks)
    {
        int others = ranks.Count - 1;
        RankTraffic start = ranks.Traffic;
        _ = ranks.Gather(1.0);
        ranks.Barrier();
        long[] counts = [.. Enumerable.Repeat(3L, ranks.Count)];
        double[] numbers = new double[3 * ranks.Count];
        fixed (double* data = numbers, place = new double[3 * ranks.Count]) ranks.Exchange(data, counts, place, counts, sizeof(double));
        RankTraffic traffic = ranks.Traffic - start;
        Assert.That((traffic.BytesSent, traffic.BytesReceived, traffic.Messages), Is.EqualTo((32L * others, 32L * others, 2L * others)));
        Assert.That(traffic.WaitingSeconds, Is.GreaterThanOrEqualTo(0));
    }

    public static void What_no_rank_can_do_is_refused(IRanks ranks)
    {
        Assert.That(() => ranks.Send(null, 0, 1, ranks.Rank, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => ranks.Receive(null, 0, 1, ranks.Count, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => ranks.Wait(new RankMessage(long.MaxValue)), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => ranks.Exchange(null, new long[ranks.Count + 1], null, new long[ranks.Count], 8), Throws.ArgumentException);
    }

    private static byte[] Bytes(int rank, int size, int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((31 * rank) + (5 * size) + i))];

    private static double[] Numbers(int rank, int length)
    {
        double[] numbers = new double[length];
        for (int i = 0; i < length; i++) numbers[i] = (1e7 * rank) + i;
        return numbers;
    }
}
