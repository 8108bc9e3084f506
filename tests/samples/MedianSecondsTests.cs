using Fmm.Samples;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The median of repeated runs.</summary>
internal sealed class MedianSecondsTests
{
    [Test]
    public void OfAnOddNumberTheMiddleRunIsTaken()
    {
        FmmSeconds median = MedianSeconds.Of([Seconds(3), Seconds(1), Seconds(2)]);
        Assert.That((median.Tree, median.Total, median.BySystem[0].Value), Is.EqualTo((2.0, 8.0, 2.0)));
    }

    [Test]
    public void OfAnEvenNumberTheMiddleRunsMeanIsTakenAndItsPartsAddUp()
    {
        FmmSeconds median = MedianSeconds.Of([Seconds(4), Seconds(1), Seconds(2), Seconds(9)]);
        Assert.That((median.Tree, median.Total, median.BySystem[0].Value), Is.EqualTo((3.0, 12.0, 3.0)));
        Assert.That(median.Tree + median.Lists + median.Evaluate, Is.EqualTo(median.Total));
    }

    private static FmmSeconds Seconds(double unit) => new(unit, unit, 100, 2 * unit, [KeyValuePair.Create("P2M", unit)]);
}
