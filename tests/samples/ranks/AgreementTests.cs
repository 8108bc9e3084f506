using Fmm.Engine;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What ranks agree on before they compute: that all have come through, and that they have the same to do.</summary>
internal sealed class AgreementTests
{
    [Test]
    public void The_lowest_rank_that_fails_tells_why_and_the_others_end_with_its_code()
    {
        Exception?[] faults = Run(5, ranks => ranks.Do(() => ranks.Rank is 2 or 4 ? throw new InputException($"bad on {ranks.Rank}") : ranks.Rank));
        Assert.That(faults, Is.All.TypeOf<AgreedException>());
        Assert.That(faults[2]!.InnerException, Is.TypeOf<InputException>());
        Assert.That(Failure.Of(faults[2]!), Is.EqualTo(new Failure(ExitCode.BadInput, "bad on 2")));
        Assert.That(faults.Where((_, rank) => rank != 2).Select(fault => Failure.Of(fault!)), Is.All.EqualTo(new Failure(ExitCode.BadInput, null)));
    }

    [Test]
    public void What_a_rank_has_opened_for_nothing_is_closed()
    {
        int closed = 0;
        Run(3, ranks => ranks.Do(() => ranks.Rank == 1 ? throw new InputException("bad") : new Opened(() => Interlocked.Increment(ref closed))));
        Assert.That(closed, Is.EqualTo(2));
    }

    [Test]
    public void Where_none_fails_each_has_its_own_result()
    {
        int[] results = new int[4];
        Run(4, ranks => results[ranks.Rank] = ranks.Do(() => 10 * ranks.Rank));
        Assert.That(results, Is.EqualTo(Enumerable.Range(0, 4).Select(rank => 10 * rank)));
    }

    [Test]
    public void Ranks_that_have_the_same_to_do_go_on() =>
        Assert.That(Run(3, ranks => Fingerprint.Require(ranks, [("--order", "6"), ("points.h5", "12 bytes")])), Is.All.Null);

    [TestCase("--order", "8", "--order is '8' here and '6' on rank 0")]
    [TestCase("--gradient", "given", "--gradient is 'given' here and not given on rank 0")]
    [TestCase("points.h5", "13 bytes", "points.h5 is '13 bytes' here and '12 bytes' on rank 0")]
    public void The_rank_that_has_something_else_to_do_says_what(string name, string value, string words)
    {
        Exception?[] faults = Run(4, ranks =>
        {
            Dictionary<string, string> items = new() { ["--order"] = "6", ["points.h5"] = "12 bytes" };
            if (ranks.Rank == 3) items[name] = value;
            Fingerprint.Require(ranks, items.Select(one => (one.Key, one.Value)));
        });
        Assert.That(Failure.Of(faults[3]!).Message, Does.Contain(words));
        Assert.That(faults[..3].Select(fault => Failure.Of(fault!)), Is.All.EqualTo(new Failure(ExitCode.BadInput, null)));
    }

    [Test]
    public void A_file_is_told_by_its_size_and_its_bytes()
    {
        string file = Path.GetTempFileName();
        try
        {
            byte[] bytes = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * i))];
            File.WriteAllBytes(file, bytes);
            string first = Fingerprint.Of(file);
            Assert.That(Fingerprint.Of(file), Is.EqualTo(first).And.StartWith("300000 bytes"));
            foreach (int at in (int[])[0, 150_000, 299_999])
            {
                bytes[at] ^= 1;
                File.WriteAllBytes(file, bytes);
                Assert.That(Fingerprint.Of(file), Is.Not.EqualTo(first), $"byte {at}");
                bytes[at] ^= 1;
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public void Ranks_of_one_machine_share_its_processors()
    {
        RankMachine[] machines = new RankMachine[4];
        Run(4, ranks => machines[ranks.Rank] = RankMachine.Of(ranks));
        Assert.That(machines, Is.All.EqualTo(new RankMachine(4, Math.Max(1, Environment.ProcessorCount / 4))));
        Assert.That(RankMachine.Of(new OneRank()), Is.EqualTo(new RankMachine(1, Environment.ProcessorCount)));
    }

    private static Exception?[] Run(int count, Action<IRanks> action)
    {
        Exception?[] faults = new Exception?[count];
        ThreadRanks.Run(count, ranks =>
        {
            try
            {
                action(ranks);
            }
            catch (Exception fault)
            {
                faults[ranks.Rank] = fault;
            }
        });
        return faults;
    }

    private sealed class Opened(Action close) : IDisposable
    {
        public void Dispose() => close();
    }
}
