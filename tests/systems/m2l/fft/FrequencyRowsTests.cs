using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>The rows that stand for a real lattice's whole spectrum.</summary>
public sealed class FrequencyRowsTests
{
    [Test]
    public void Rows_and_their_mirror_images_cover_each_frequency_once([Range(2, 16)] int order)
    {
        FrequencyRows rows = new(order);
        int n = rows.Period;
        int[] covered = new int[n * n];
        for (int row = 0; row < rows.Count; row++)
        {
            covered[(rows.Kx(row) * n) + rows.Ky(row)]++;
            if (rows.Weight(row) == 2) covered[((n - rows.Kx(row)) % n * n) + ((n - rows.Ky(row)) % n)]++;
        }
        Assert.That(covered, Is.All.EqualTo(1));
    }

    [Test]
    public void The_frequencies_are_those_that_an_expansion_counts([Range(2, 16)] int order)
    {
        FrequencyRows rows = new(order);
        ExpansionSizes expansion = ExpansionSizes.Of(default(Laplace), order, SurfaceRatios.Standard, TransferStrategy.Fft);
        Assert.That(rows.Count, Is.EqualTo((2 * order * order) + 2));
        Assert.That(rows.Count * rows.Period, Is.EqualTo(expansion.FrequencyCount));
    }
}
