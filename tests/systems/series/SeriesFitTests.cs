using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Series;

/// <summary>Kernels as series over a box.</summary>
public sealed class SeriesFitTests
{
    [Test]
    public void A_series_is_the_kernel_to_the_tolerance([Values(4, 8, 12)] int order) => Compare(default(Laplace), order, 1);

    [Test]
    public void A_screened_kernel_has_a_series_for_each_size_of_box([Values(0.1, 1.0, 8.0)] double halfWidth) => Compare(new Yukawa(2), 6, halfWidth);

    [Test]
    public void A_vector_kernel_has_a_series_for_each_pair_of_components([Values(4, 7)] int order) => Compare(default(Stokes), order, 1);

    [Test]
    public void Each_coefficient_has_one_place_among_those_of_its_parity([Values(2, 5, 9, 13)] int order)
    {
        (SeriesFit<Laplace> fit, SeriesLayout layout) = Fit(default(Laplace), order, 1);
        using SeriesLayout own = layout;
        List<(int, int, int)> all = [];
        for (int parity = 0; parity < 8; parity++)
        {
            (int I, int J, int K)[] degrees = SeriesLayout.Degrees(layout.Blocks, parity);
            Assert.That(degrees.Select(one => (one.I & 1) | ((one.J & 1) << 1) | ((one.K & 1) << 2)), Is.All.EqualTo(parity));
            Assert.That(layout.Start[parity + 1], Is.GreaterThanOrEqualTo(layout.Start[parity] + degrees.Length));
            all.AddRange(degrees);
        }
        Assert.That(all, Has.Count.EqualTo(layout.Length));
        Assert.That(all, Is.Unique);
        int[] numbers = [.. Enumerable.Range(1, layout.Length)], sorted = new int[layout.Start[8]], back = new int[layout.Length];
        unsafe
        {
            fixed (int* pNumbers = numbers, pSorted = sorted, pBack = back)
            {
                layout.Sort(pNumbers, pSorted);
                layout.Unsort(pSorted, pBack);
            }
        }
        Assert.That(back, Is.EqualTo(numbers));
    }

    private static (SeriesFit<TKernel> Fit, SeriesLayout Layout) Fit<TKernel>(TKernel kernel, int order, double halfWidth)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        ExpansionSizes expansion = ExpansionSizes.Of(kernel, order, SurfaceRatios.Standard, TransferStrategy.Fft);
        SeriesFit<TKernel> fit = new(kernel, expansion, LinearAlgebra.Create(), halfWidth, fromBox: true);
        double tolerance = SeriesTolerance.Of(order, single: false);
        fit.Run(tolerance, Jobs.Serial);
        SeriesLayout layout = new(new Ledger());
        layout.Set(SeriesLayout.Choose(fit.Energy, fit.Degrees, tolerance));
        return (fit, layout);
    }

    // Root mean square over the box and the points of the surface, as the tolerance is meant.
    private static void Compare<TKernel>(TKernel kernel, int order, double halfWidth)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        (SeriesFit<TKernel> fit, SeriesLayout layout) = Fit(kernel, order, halfWidth);
        using SeriesLayout own = layout;
        ExpansionSizes expansion = ExpansionSizes.Of(kernel, order, SurfaceRatios.Standard, TransferStrategy.Fft);
        double[] surface = ScaledSurface.Outer(expansion, halfWidth).Coordinates(expansion.Surface), block = new double[TKernel.SourceComponents * TKernel.PotentialComponents];
        Random random = new(1);
        double missed = 0, whole = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            int orbit = random.Next(expansion.Checks.Orbits), point = 3 * expansion.Checks.Points[8 * orbit];
            double[] t = [.. Enumerable.Range(0, 3).Select(_ => (2 * random.NextDouble()) - 1)];
            kernel.EvaluatePlain(surface[point] - (halfWidth * t[0]), surface[point + 1] - (halfWidth * t[1]), surface[point + 2] - (halfWidth * t[2]), block);
            for (int pair = 0; pair < block.Length; pair++)
            {
                double sum = 0;
                for (int parity = 0; parity < 8; parity++)
                {
                    (int I, int J, int K)[] degrees = SeriesLayout.Degrees(layout.Blocks, parity);
                    double[] coefficients = new double[degrees.Length];
                    fit.Read(degrees, orbit, pair, 1, coefficients, 1);
                    for (int i = 0; i < degrees.Length; i++) sum += coefficients[i] * Value(degrees[i].I, t[0]) * Value(degrees[i].J, t[1]) * Value(degrees[i].K, t[2]);
                }
                missed += (sum - block[pair]) * (sum - block[pair]);
                whole += block[pair] * block[pair];
            }
        }
        double share = Math.Sqrt(missed / whole), tolerance = SeriesTolerance.Of(order, single: false);
        Assert.That(share, Is.LessThan(2 * tolerance));
        Assert.That(layout.Length, Is.LessThan(fit.Degrees * fit.Degrees * fit.Degrees), "something is left out");
    }

    private static double Value(int degree, double t) => Math.Cos(degree * Math.Acos(t));
}
