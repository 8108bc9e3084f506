using Fmm.Engine;
using MathNet.Numerics.LinearAlgebra.Double;
using NUnit.Framework;

namespace Fmm.Tests;

[TestFixtureSource(typeof(Providers), nameof(Providers.OneOfEach))]
public sealed class SvdTests(string provider)
{
    private ILinearAlgebra _la = null!;

    [OneTimeSetUp]
    public void Create() => _la = Providers.Get(provider);

    [TestCase(1, 1)]
    [TestCase(1, 7)]
    [TestCase(7, 1)]
    [TestCase(40, 40)]
    [TestCase(61, 23)]
    [TestCase(23, 61)]
    public void The_factors_are_orthonormal_and_make_up_the_matrix(int rows, int columns)
    {
        double[] a = Matrices.Random(rows, columns, 1);
        Svd svd = _la.Svd(a, rows, columns);
        AssertDecomposes(svd, a, rows, columns, 1e-13);
    }

    [Test]
    public void The_matrix_is_left_as_it_is()
    {
        double[] a = Matrices.Random(9, 5, 2), copy = (double[])a.Clone();
        _ = _la.Svd(a, 9, 5);
        Assert.That(a, Is.EqualTo(copy));
    }

    [Test]
    public void A_known_spectrum_is_found([Values(1e-4, 1e-12)] double smallest)
    {
        double[] spectrum = Matrices.Geometric(30, smallest);
        Svd svd = _la.Svd(Matrices.WithSpectrum(50, 30, spectrum), 50, 30);
        for (int i = 0; i < 30; i++) Assert.That(svd.S[i], Is.EqualTo(spectrum[i]).Within(1e-14 * 50));
    }

    [Test]
    public void A_matrix_of_lower_rank_has_orthonormal_factors_all_the_same([Values(0, 1, 5)] int rank)
    {
        double[] left = Matrices.Random(20, Math.Max(1, rank), 3), right = Matrices.Random(Math.Max(1, rank), 14, 4);
        double[] a = rank == 0 ? new double[20 * 14] : Matrices.Product(left, right, 20, 14, rank);
        Svd svd = _la.Svd(a, 20, 14);
        AssertDecomposes(svd, a, 20, 14, 1e-13);
        Assert.That(svd.S.Count(value => value > 1e-12 * svd.S[0]), Is.EqualTo(rank));
    }

    [Test]
    public void Very_large_and_very_small_matrices_keep_their_scale([Values(1e-290, 1e-150, 1e150, 1e290)] double scale)
    {
        double[] a = [.. Matrices.Random(12, 12, 5).Select(x => x * scale)];
        double[] plain = _la.Svd(Matrices.Random(12, 12, 5), 12, 12).S;
        double[] scaled = _la.Svd(a, 12, 12).S;
        for (int i = 0; i < 12; i++) Assert.That(scaled[i] / scale, Is.EqualTo(plain[i]).Within(1e-13));
    }

    [Test]
    public void A_matrix_with_a_number_that_is_none_is_refused_with_its_place()
    {
        double[] a = Matrices.Random(4, 3, 6);
        a[7] = double.NaN;
        Assert.That(() => _la.Svd(a, 4, 3), Throws.ArgumentException.With.Message.Contains("Row 2, column 1 is NaN"));
        Assert.That(() => _la.Svd(a, 4, 4), Throws.ArgumentException.With.Message.Contains("16 elements; the array has 12"));
        Assert.That(() => _la.Svd(a, 0, 4), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Repeated_calls_give_the_same_bits()
    {
        double[] a = Matrices.Random(80, 80, 7);
        Svd first = _la.Svd(a, 80, 80), second = _la.Svd(a, 80, 80);
        Assert.That(second.U, Is.EqualTo(first.U));
        Assert.That(second.S, Is.EqualTo(first.S));
        Assert.That(second.Vt, Is.EqualTo(first.Vt));
    }

    [Test]
    public void The_values_are_those_of_an_independent_library()
    {
        double[] a = Matrices.Random(45, 33, 8);
        double[] expected = [.. DenseMatrix.Create(45, 33, (i, j) => a[i * 33 + j]).Svd(computeVectors: false).S];
        Assert.That(Matrices.Distance(_la.Svd(a, 45, 33).S, expected), Is.LessThan(1e-13));
    }

    internal static void AssertDecomposes(Svd svd, double[] a, int rows, int columns, double tolerance)
    {
        int count = Math.Min(rows, columns);
        Assert.That(svd.Count, Is.EqualTo(count));
        Assert.That(svd.S, Is.Ordered.Descending);
        Assert.That(svd.S[^1], Is.GreaterThanOrEqualTo(0));
        double[] us = [.. svd.U.Select((x, i) => x * svd.S[i % count])];
        Assert.That(Matrices.Distance(Matrices.Product(us, svd.Vt, rows, columns, count), a), Is.LessThan(tolerance * (1 + svd.S[0])));
        double[] one = Matrices.Identity(count);
        Assert.That(Matrices.Distance(Matrices.Product(Matrices.Transpose(svd.U, rows, count), svd.U, count, count, rows), one), Is.LessThan(tolerance));
        Assert.That(Matrices.Distance(Matrices.Product(svd.Vt, Matrices.Transpose(svd.Vt, count, columns), count, count, columns), one), Is.LessThan(tolerance));
    }
}
