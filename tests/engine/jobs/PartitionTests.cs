using Fmm.Engine;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Cutting rows into units by cost.</summary>
internal sealed class PartitionTests
{
    [Test]
    public void UnitsCloseWhenTheirCostIsReached()
    {
        var starts = new int[8];
        int units = Partition.Cut([1, 1, 1, 5, 0, 2, 1], 3, starts);
        Assert.That(units, Is.EqualTo(3));
        Assert.That(starts[..(units + 1)], Is.EqualTo(new[] { 0, 3, 4, 7 }));
    }

    [Test]
    public void NoRowsAreNoUnits() => Assert.That(Partition.Cut([], 1, new int[1]), Is.Zero);

    [Test]
    public void ShortSpanPutsTheRestIntoTheLastUnit()
    {
        var starts = new int[3];
        Assert.That(Partition.Cut([9, 9, 9, 9], 1, starts), Is.EqualTo(2));
        Assert.That(starts, Is.EqualTo(new[] { 0, 1, 4 }));
    }

    [Test]
    public void MisuseThrows()
    {
        Assert.That(() => Partition.Cut([1], 0, new int[2]), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Partition.Cut([-1], 1, new int[2]), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Partition.Cut([1], 1, new int[1]), Throws.ArgumentException);
    }

    [Test]
    public void UnitsCoverAllRowsOnceAndNoneIsLate()
    {
        Prop.ForAll(Gen.Choose(0, 20).ArrayOf().ToArbitrary(), Gen.Choose(1, 50).ToArbitrary(), (costs, limit) =>
        {
            long[] cost = [.. costs.Select(c => (long)c)];
            var starts = new int[cost.Length + 1];
            int units = Partition.Cut(cost, limit, starts);
            bool good = cost.Length == 0 ? units == 0 : starts[0] == 0 && starts[units] == cost.Length;
            for (int u = 0; u < units; u++)
            {
                long sum = cost[starts[u]..starts[u + 1]].Sum();
                good &= starts[u + 1] > starts[u] && sum - cost[starts[u + 1] - 1] < limit && (sum >= limit || u == units - 1);
            }
            return good;
        }).QuickCheckThrowOnFailure();
    }

    [Test]
    public void CostsWhoseSumDoesNotFitCloseAUnit()
    {
        var starts = new int[5];
        Assert.That(Partition.Cut([long.MaxValue - 1, long.MaxValue - 1, 5, long.MaxValue], long.MaxValue, starts), Is.EqualTo(2));
        Assert.That(starts[..3], Is.EqualTo(new[] { 0, 2, 4 }));
    }
}
