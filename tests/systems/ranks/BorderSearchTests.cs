using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Systems;

/// <summary>What the search for borders asks of many ranks.</summary>
internal sealed class BorderSearchTests
{
    [Test]
    public void Any_number_of_ranks_has_samples_and_places_that_all_can_hold()
    {
        for (int ranks = 2; ranks <= 1 << 20; ranks = (ranks * 5 / 4) + 1)
        {
            Assert.That(BorderSearch.SamplesOf(ranks), Is.AtLeast(16));
            Assert.That((long)ranks * BorderSearch.SamplesOf(ranks), Is.AtMost(Math.Max(1 << 20, 16L * ranks)));
            Assert.That((long)ranks * WorkCurve.RungsOf(ranks), Is.AtLeast(8L * ranks).And.AtMost(Math.Max(1 << 17, 8L * ranks)));
        }
    }
}
