using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests.Ranks;

/// <summary>One process alone does what ranks do, with nobody to tell.</summary>
internal sealed class OneRankTests
{
    private static IEnumerable<TestCaseData> Checks => RankChecks.All.Select(check => new TestCaseData(check.Check).SetName(check.Name));

    [TestCaseSource(nameof(Checks))]
    public void One_rank_does_what_all_ranks_do(Action<IRanks> check)
    {
        using OneRank rank = new();
        check(rank);
    }

    [Test]
    public void A_process_that_no_launcher_started_is_alone()
    {
        using IRanks ranks = Engine.Ranks.Join();
        Assert.That((ranks.Name, ranks.Rank, ranks.Count), Is.EqualTo(("one", 0, 1)));
    }

    [Test]
    public void No_patience_is_refused() => Assert.That(() => Engine.Ranks.Join(TimeSpan.Zero), Throws.TypeOf<ArgumentOutOfRangeException>());
}
