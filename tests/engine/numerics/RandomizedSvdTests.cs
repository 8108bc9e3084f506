using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

[TestFixtureSource(typeof(Providers), nameof(Providers.OneOfEach))]
public sealed class RandomizedSvdTests(string provider)
{
    private const int Rows = 45;

    private ILinearAlgebra _la = null!;

    [OneTimeSetUp]
    public void Create() => _la = Providers.Get(provider);

    [Test]
    public void The_leading_values_and_vectors_are_those_of_the_whole_decomposition([Values(1, 3, 40)] int blocks)
    {
        int columns = 120;
        double[] spectrum = Matrices.Geometric(Rows, 1e-9), a = Matrices.WithSpectrum(Rows, columns, spectrum);
        Svd svd = Of(a, columns, blocks, powerIterations: 2).OfRank(12, Jobs.Serial);
        Assert.That((svd.Rows, svd.Columns, svd.Count), Is.EqualTo((Rows, columns, 12)));
        for (int i = 0; i < 12; i++) Assert.That(svd.S[i], Is.EqualTo(spectrum[i]).Within(1e-8 * spectrum[i]));
        // The best of rank 12 is off by the first value left out, in the 2-norm, which no element exceeds.
        Assert.That(Matrices.Distance(Joined(svd), a), Is.LessThan(1.05 * spectrum[12]));
        Assert.That(Matrices.Distance(Matrices.Product(Matrices.Transpose(svd.U, Rows, 12), svd.U, 12, 12, Rows), Matrices.Identity(12)), Is.LessThan(1e-13));
        Assert.That(Matrices.Distance(Matrices.Product(svd.Vt, Matrices.Transpose(svd.Vt, 12, columns), 12, 12, columns), Matrices.Identity(12)), Is.LessThan(1e-13));
    }

    [Test]
    public void Small_values_keep_their_digits_beside_large_ones()
    {
        // What is squared on the way would lose all below 1e-8 of the largest.
        double[] spectrum = Matrices.Geometric(Rows, 1e-14), a = Matrices.WithSpectrum(Rows, 90, spectrum);
        Svd svd = Of(a, 90, 9, powerIterations: 3).OfRank(30, Jobs.Serial);
        for (int i = 0; i < 30; i++) Assert.That(svd.S[i], Is.EqualTo(spectrum[i]).Within(3e-16 + (1e-6 * spectrum[i])));
    }

    [Test]
    public void Power_iterations_bring_the_error_to_that_of_the_best()
    {
        double[] spectrum = Matrices.Geometric(Rows, 0.05), a = Matrices.WithSpectrum(Rows, 90, spectrum);
        double[] errors = [.. new[] { 0, 1, 6 }.Select(iterations => Distance(Joined(Of(a, 90, 6, iterations, oversampling: 0).OfRank(10, Jobs.Serial)), a))];
        Assert.That(errors[1], Is.LessThan(errors[0]));
        Assert.That(errors[2], Is.LessThan(errors[1]).And.LessThan(1.05 * Math.Sqrt(spectrum.Skip(10).Sum(value => value * value))));
    }

    [Test]
    public void A_matrix_of_low_rank_is_had_exactly()
    {
        double[] a = Matrices.Product(Matrices.Random(Rows, 5, 1), Matrices.Random(5, 70, 2), Rows, 70, 5);
        Assert.That(Matrices.Distance(Joined(Of(a, 70, 7, 1, oversampling: 0).OfRank(5, Jobs.Serial)), a), Is.LessThan(1e-12));
    }

    [Test]
    public void A_rank_beyond_the_matrix_gives_the_whole_decomposition()
    {
        double[] a = Matrices.Random(Rows, 80, 3);
        Svd svd = Of(a, 80, 20, 0).OfRank(100, Jobs.Serial), whole = _la.Svd(a, Rows, 80);
        Assert.That(svd.Count, Is.EqualTo(Rows));
        Assert.That(Matrices.Distance(svd.S, whole.S), Is.LessThan(1e-13));
        Assert.That(Matrices.Distance(Joined(svd), a), Is.LessThan(1e-13));
    }

    [TestCase(1e-1)]
    [TestCase(1e-3)]
    [TestCase(1e-6)]
    [TestCase(1e-12)]
    public void A_tolerance_gives_the_smallest_rank_that_keeps_it(double tolerance)
    {
        double[] spectrum = Matrices.Geometric(Rows, 1e-10), a = Matrices.WithSpectrum(Rows, 90, spectrum);
        double norm = Math.Sqrt(spectrum.Sum(value => value * value));
        int best = Enumerable.Range(1, Rows).First(rank => rank == Rows || Math.Sqrt(spectrum.Skip(rank).Sum(value => value * value)) <= tolerance * norm);
        foreach (int guess in new[] { 1, 7, 100 })
        {
            Svd svd = Of(a, 90, 9, 2).OfTolerance(tolerance, guess, Jobs.Serial);
            Assert.That(svd.Count, Is.InRange(best, best + 1));
            Assert.That(Distance(Joined(svd), a), Is.LessThanOrEqualTo((tolerance * norm) + 1e-14));
        }
    }

    [Test]
    public void The_seed_decides_the_bits_and_the_number_of_workers_does_not()
    {
        double[] a = Matrices.Random(Rows, 160, 4);
        Svd first = Of(a, 160, 32, 1, seed: 5).OfRank(6, Jobs.Serial), again = Of(a, 160, 32, 1, seed: 5).OfRank(6, Jobs.Serial);
        Svd other = Of(a, 160, 32, 1, seed: 6).OfRank(6, Jobs.Serial);
        Assert.That(again.U, Is.EqualTo(first.U));
        Assert.That(again.Vt, Is.EqualTo(first.Vt));
        Assert.That(other.U, Is.Not.EqualTo(first.U));
    }

    private RandomizedSvd Of(double[] a, int columns, int blocks, int powerIterations, int oversampling = 10, ulong seed = 1) =>
        new(_la, new GivenMatrix(a, Rows, columns, blocks)) { PowerIterations = powerIterations, Oversampling = oversampling, Seed = seed };

    private static double Distance(double[] found, double[] expected) => Math.Sqrt(found.Zip(expected, (x, y) => (x - y) * (x - y)).Sum());

    private static double[] Joined(Svd svd)
    {
        double[] us = [.. svd.U.Select((x, i) => x * svd.S[i % svd.Count])];
        return Matrices.Product(us, svd.Vt, svd.Rows, svd.Columns, svd.Count);
    }
}
