using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Matrices whose singular values fall below what a square can hold.</summary>
[TestFixtureSource(typeof(Providers), nameof(Providers.OneOfEach))]
public sealed class SvdRangeTests(string provider)
{
    [Test]
    public void A_matrix_of_rank_one_has_one_singular_value([Values(2, 8, 26, 56, 98, 152)] int n)
    {
        double[] ones = new double[n * n];
        Array.Fill(ones, 1);
        Svd svd = Providers.Get(provider).Svd(ones, n, n);
        Assert.That(svd.S[0], Is.EqualTo(n).Within(1e-12 * n));
        Assert.That(svd.S.Skip(1), Is.All.LessThan(1e-13 * n));
    }

    [Test]
    public void A_product_of_vectors_that_fall_by_hundreds_of_decades_decomposes([Values(50, 300, 600)] int decades)
    {
        const int N = 60;
        double[] a = new double[N * N];
        for (int i = 0; i < a.Length; i++)
        {
            int row = i / N, column = i % N;
            a[i] = Math.Pow(10, -decades * (row + column) / (2.0 * N)) * (1 + (0.3 * Math.Sin((7 * row) + (3 * column))));
        }
        Svd svd = Providers.Get(provider).Svd(a, N, N);
        Assert.That(svd.S, Is.Ordered.Descending);
        double worst = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double sum = 0;
            for (int r = 0; r < svd.Count; r++) sum += svd.U[(i / N * svd.Count) + r] * svd.S[r] * svd.Vt[(r * N) + (i % N)];
            worst = Math.Max(worst, double.IsNaN(sum) ? double.PositiveInfinity : Math.Abs(sum - a[i]));
        }
        Assert.That(worst, Is.LessThan(1e-13 * svd.S[0]));
    }
}
