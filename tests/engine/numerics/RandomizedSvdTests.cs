using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

[TestFixtureSource(typeof(Providers), nameof(Providers.OneOfEach))]
public sealed class RandomizedSvdTests(string provider)
{
    private ILinearAlgebra _la = null!;

    [OneTimeSetUp]
    public void Create() => _la = Providers.Get(provider);

    [TestCase(60, 45)]
    [TestCase(45, 60)]
    public void The_leading_values_are_those_of_the_whole_decomposition(int rows, int columns)
    {
        double[] spectrum = Matrices.Geometric(45, 1e-9);
        double[] a = Matrices.WithSpectrum(rows, columns, spectrum);
        Svd svd = new RandomizedSvd(12).Decompose(_la, a, rows, columns);
        Assert.That(svd.Count, Is.EqualTo(12));
        for (int i = 0; i < 12; i++) Assert.That(svd.S[i], Is.EqualTo(spectrum[i]).Within(1e-8 * spectrum[i]));
        double[] us = [.. svd.U.Select((x, i) => x * svd.S[i % 12])];
        // The best of rank 12 is off by the first value left out, in the 2-norm, which no element exceeds.
        Assert.That(Matrices.Distance(Matrices.Product(us, svd.Vt, rows, columns, 12), a), Is.LessThan(1.05 * spectrum[12]));
        Assert.That(Matrices.Distance(Matrices.Product(Matrices.Transpose(svd.U, rows, 12), svd.U, 12, 12, rows), Matrices.Identity(12)), Is.LessThan(1e-13));
    }

    [Test]
    public void A_matrix_of_low_rank_is_had_exactly()
    {
        double[] a = Matrices.Product(Matrices.Random(80, 5, 1), Matrices.Random(5, 70, 2), 80, 70, 5);
        Svd svd = new RandomizedSvd(5) { Oversampling = 0, PowerIterations = 1 }.Decompose(_la, a, 80, 70);
        double[] us = [.. svd.U.Select((x, i) => x * svd.S[i % 5])];
        Assert.That(Matrices.Distance(Matrices.Product(us, svd.Vt, 80, 70, 5), a), Is.LessThan(1e-12));
    }

    [Test]
    public void A_rank_beyond_the_matrix_gives_the_whole_decomposition()
    {
        double[] a = Matrices.Random(9, 14, 3);
        SvdTests.AssertDecomposes(new RandomizedSvd(100).Decompose(_la, a, 9, 14), a, 9, 14, 1e-13);
    }

    [Test]
    public void The_seed_decides_the_bits()
    {
        double[] a = Matrices.Random(40, 40, 4);
        Svd first = new RandomizedSvd(6) { Seed = 5 }.Decompose(_la, a, 40, 40);
        Svd again = new RandomizedSvd(6) { Seed = 5 }.Decompose(_la, a, 40, 40);
        Svd other = new RandomizedSvd(6) { Seed = 6 }.Decompose(_la, a, 40, 40);
        Assert.That(again.U, Is.EqualTo(first.U));
        Assert.That(other.U, Is.Not.EqualTo(first.U));
    }

    [Test]
    public void Settings_out_of_range_are_refused()
    {
        Assert.That(() => new RandomizedSvd(0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new RandomizedSvd(1) { Oversampling = -1 }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new RandomizedSvd(1) { PowerIterations = -1 }, Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
