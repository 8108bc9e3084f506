using System.Collections.Concurrent;
using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests.Ranks;

/// <summary>Ranks that are threads of one process tell each other what ranks of MPI do, and end together.</summary>
internal sealed unsafe class ThreadRanksTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(7)]
    [TestCase(16)]
    public void What_all_give_all_have_in_the_order_of_the_ranks(int count) => ThreadRanks.Run(count, ranks =>
    {
        Assert.That(ranks.Gather(10 * ranks.Rank), Is.EqualTo(Enumerable.Range(0, count).Select(rank => 10 * rank)));
        Assert.That(ranks.Sum((long)ranks.Rank), Is.EqualTo(count * (count - 1) / 2));
        Assert.That(ranks.Largest(ranks.Rank), Is.EqualTo(count - 1));
    });

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(5)]
    public void Uneven_numbers_of_elements_go_where_they_are_sent(int count) => ThreadRanks.Run(count, ranks =>
    {
        // Rank r sends rank q r + 2 q elements, each telling both.
        long[] counts = [.. Enumerable.Range(0, count).Select(to => (long)ranks.Rank + (2 * to))], received = new long[count];
        int[] send = [.. Enumerable.Range(0, count).SelectMany(to => Enumerable.Repeat((100 * ranks.Rank) + to, ranks.Rank + (2 * to)))];
        int[] got = ranks.Exchange<int>(send, counts, received);
        Assert.That(received, Is.EqualTo(Enumerable.Range(0, count).Select(from => (long)from + (2 * ranks.Rank))));
        Assert.That(got, Is.EqualTo(Enumerable.Range(0, count).SelectMany(from => Enumerable.Repeat((100 * from) + ranks.Rank, from + (2 * ranks.Rank)))));
    });

    [TestCase(1, 5)]
    [TestCase(3, 1)]
    [TestCase(4, 10)]
    [TestCase(7, 0)]
    public void Sums_largest_numbers_and_what_one_rank_has_reach_all(int count, int length) => ThreadRanks.Run(count, ranks =>
    {
        // Tenths have no exact sum: the order of the ranks tells.
        double[] sums = [.. Enumerable.Range(0, length).Select(i => (0.1 * ranks.Rank) + i)];
        long[] largest = [.. Enumerable.Range(0, length).Select(i => (long)i * (ranks.Rank + 1))], given = [.. Enumerable.Repeat((long)ranks.Rank, length)];
        ranks.Sum<double>(sums);
        ranks.Largest<long>(largest);
        ranks.Broadcast<long>(given, count - 1);
        Assert.That(sums, Is.EqualTo(Enumerable.Range(0, length).Select(i => Enumerable.Range(1, count - 1).Aggregate((double)i, (sum, rank) => sum + ((0.1 * rank) + i)))));
        Assert.That(largest, Is.EqualTo(Enumerable.Range(0, length).Select(i => (long)i * count)));
        Assert.That(given, Is.All.EqualTo(count - 1));
    });

    [Test]
    public void Messages_around_a_ring_arrive_in_their_order_and_are_counted() => ThreadRanks.Run(4, ranks =>
    {
        int next = (ranks.Rank + 1) % 4, before = (ranks.Rank + 3) % 4;
        double* data = stackalloc double[4];
        (data[0], data[1]) = (ranks.Rank, ranks.Rank + 0.5);
        RankMessage first = ranks.Receive(data + 2, 1, sizeof(double), before, 3), second = ranks.Receive(data + 3, 1, sizeof(double), before, 3);
        RankMessage[] sent = [ranks.Send(data, 1, sizeof(double), next, 3), ranks.Send(data + 1, 1, sizeof(double), next, 3)];
        ranks.Wait(second);
        ranks.Wait(first);
        foreach (RankMessage message in sent) ranks.Wait(message);
        Assert.That((data[2], data[3]), Is.EqualTo(((double)before, before + 0.5)));
        Assert.That((ranks.Traffic.BytesSent, ranks.Traffic.BytesReceived, ranks.Traffic.Messages), Is.EqualTo((16L, 16L, 2L)));
    });

    [Test]
    public void A_rank_that_throws_ends_those_that_wait_for_it_with_its_words()
    {
        ConcurrentBag<string> told = [];
        RankFailedException? fault = Assert.Throws<RankFailedException>(() => ThreadRanks.Run(3, ranks =>
        {
            if (ranks.Rank == 1) throw new InvalidDataException("its slab is cut off");
            try
            {
                ranks.Barrier();
            }
            catch (RankFailedException ended)
            {
                told.Add(ended.Message);
                throw;
            }
        }));
        Assert.That(fault!.Message, Is.EqualTo("Rank 1 of 3 has failed: its slab is cut off"));
        Assert.That(fault.InnerException, Is.TypeOf<InvalidDataException>());
        Assert.That(told, Has.Count.EqualTo(2).And.All.EqualTo(fault.Message));
    }

    [Test]
    public void Ranks_that_do_not_come_are_named()
    {
        RankFailedException? fault = Assert.Throws<RankFailedException>(() => ThreadRanks.Run(
            3,
            ranks =>
            {
                if (ranks.Rank != 2) ranks.Barrier();
            },
            TimeSpan.FromMilliseconds(100)));
        Assert.That(fault!.Message, Does.Contain("waited in Barrier for rank 2"));
    }

    [Test]
    public void A_message_that_nobody_sends_is_named()
    {
        RankFailedException? fault = Assert.Throws<RankFailedException>(() => ThreadRanks.Run(
            2,
            ranks =>
            {
                double data;
                if (ranks.Rank == 0) ranks.Wait(ranks.Receive(&data, 1, sizeof(double), 1, 9));
            },
            TimeSpan.FromMilliseconds(100)));
        Assert.That(fault!.Message, Does.Contain("rank 0 waited for message 9 from rank 1"));
    }

    [Test]
    public void Other_numbers_than_expected_are_told_with_both()
    {
        RankFailedException? fault = Assert.Throws<RankFailedException>(() => ThreadRanks.Run(2, ranks =>
        {
            double* data = stackalloc double[3];
            RankMessage message = ranks.Rank == 0 ? ranks.Send(data, 3, sizeof(double), 1, 0) : ranks.Receive(data, 2, sizeof(double), 0, 0);
            ranks.Wait(message);
        }));
        Assert.That(fault!.Message, Does.Contain("sends 24 bytes").And.Contain("expects 16"));
    }
}
