using System.Collections.Concurrent;
using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests.Ranks;

/// <summary>Ranks that are threads of one process tell each other what ranks of MPI do, and end together.</summary>
internal sealed unsafe class ThreadRanksTests
{
    private static IEnumerable<TestCaseData> Checks => RankChecks.All.SelectMany(check => ((int[])[1, 2, 3, 4, 7, 16])
        .Select(count => new TestCaseData(check.Check, count).SetName($"{check.Name}({count})")));

    [TestCaseSource(nameof(Checks))]
    public void Ranks_do_what_all_of_them_do(Action<IRanks> check, int count) => ThreadRanks.Run(count, check);

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

    [TestCase(0)]
    [TestCase(1)]
    public void Ranks_in_different_calls_are_told_which(int early)
    {
        RankFailedException? fault = Assert.Throws<RankFailedException>(() => ThreadRanks.Run(2, ranks =>
        {
            if (ranks.Rank != early) Thread.Sleep(50);
            if (ranks.Rank == 0) ranks.Barrier();
            else _ = ranks.Gather(1.0);
        }));
        Assert.That(fault!.Message, Does.Match("^Rank (0 is in Barrier, and rank 1 in Gather|1 is in Gather, and rank 0 in Barrier): all ranks make the same calls"));
    }

    [Test]
    public void A_rank_in_another_call_ends_all_that_wait()
    {
        ConcurrentBag<string> told = [];
        RankFailedException? fault = Assert.Throws<RankFailedException>(() => ThreadRanks.Run(4, ranks =>
        {
            try
            {
                if (ranks.Rank == 2) ranks.Exchange<int>([], new long[4], new long[4]);
                else ranks.Barrier();
            }
            catch (RankFailedException ended)
            {
                told.Add(ended.Message);
                throw;
            }
        }));
        Assert.That(told, Has.Count.EqualTo(4).And.All.EqualTo(fault!.Message));
    }
}
