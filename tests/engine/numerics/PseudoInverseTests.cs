using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

[TestFixtureSource(typeof(Providers), nameof(Providers.OneOfEach))]
public sealed class PseudoInverseTests(string provider)
{
    private ILinearAlgebra _la = null!;

    [OneTimeSetUp]
    public void Create() => _la = Providers.Get(provider);

    [TestCase(12, 12, 12)]
    [TestCase(31, 12, 12)]
    [TestCase(12, 31, 12)]
    [TestCase(25, 20, 6)]
    public void The_conditions_of_Moore_and_Penrose_hold(int rows, int columns, int rank)
    {
        double[] a = Matrices.Product(Matrices.Random(rows, rank, 1), Matrices.Random(rank, columns, 2), rows, columns, rank);
        PseudoInverse inverse = PseudoInverse.Of(_la, a, rows, columns, 1e-12);
        Assert.That(inverse.Rank, Is.EqualTo(rank));
        double[] plus = Matrices.Product(inverse.Right, inverse.Left, columns, rows, inverse.Rank);
        double[] aPlus = Matrices.Product(a, plus, rows, rows, columns), plusA = Matrices.Product(plus, a, columns, columns, rows);
        double size = plus.Max(Math.Abs);
        Assert.That(Matrices.Distance(Matrices.Product(aPlus, a, rows, columns, rows), a), Is.LessThan(1e-12 * size));
        Assert.That(Matrices.Distance(Matrices.Product(plusA, plus, columns, rows, columns), plus), Is.LessThan(1e-12 * size * size));
        Assert.That(Matrices.Distance(aPlus, Matrices.Transpose(aPlus, rows, rows)), Is.LessThan(1e-12 * size));
        Assert.That(Matrices.Distance(plusA, Matrices.Transpose(plusA, columns, columns)), Is.LessThan(1e-12 * size));
    }

    [Test]
    public void Singular_values_up_to_the_cutoff_are_dropped()
    {
        double[] spectrum = Matrices.Geometric(13, 1e-12);
        double[] a = Matrices.WithSpectrum(20, 13, spectrum);
        PseudoInverse inverse = PseudoInverse.Of(_la, a, 20, 13, 3e-8);
        Assert.That(inverse.Rank, Is.EqualTo(8));
        Assert.That(inverse.SingularValues[^1], Is.EqualTo(1e-7).Within(1e-13));
        Assert.That(inverse.Left, Has.Length.EqualTo(8 * 20));
        Assert.That(inverse.Right, Has.Length.EqualTo(13 * 8));
    }

    [Test]
    public void A_matrix_of_zeros_has_an_inverse_of_rank_zero() =>
        Assert.That(PseudoInverse.Of(_la, new double[6], 2, 3, 0).Rank, Is.Zero);

    [Test]
    public void A_cutoff_out_of_range_is_refused([Values(-1e-3, 1.0, double.NaN)] double cutoff) =>
        Assert.That(() => PseudoInverse.Of(_la, new double[4], 2, 2, cutoff), Throws.TypeOf<ArgumentOutOfRangeException>());
}
