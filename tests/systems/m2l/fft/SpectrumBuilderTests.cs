using System.Numerics;
using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Kernels;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>Spectra of the transfers against sums over the kernel's own samples, whatever of them follows from mirror images and permutations.</summary>
public sealed class SpectrumBuilderTests
{
    [Test]
    public void Every_slot_holds_the_transform_of_its_own_samples([Values(2, 3, 4)] int order)
    {
        Check(default(Laplace), order);
        Check(new Yukawa(3), order);
        Check(new Stokes(1), order);
        Check(default(Stretched), order);
        Check(default(Skewed), order);
        Check(default(Pull), order);
        Check(new SkewedYukawa(2), order);
    }

    [Test]
    public void Registers_of_any_width_make_the_same_spectra()
    {
        ExpansionSizes sizes = ExpansionSizes.Of(new Yukawa(3), 5, SurfaceRatios.Standard, TransferStrategy.Fft);
        using SpectrumBuilder<Yukawa, Register256<double>> wide = new(new Yukawa(3), sizes, new Ledger());
        using SpectrumBuilder<Yukawa, Register1<double>> single = new(new Yukawa(3), sizes, new Ledger());
        using PlainMatrices one = wide.Build(0.5, Jobs.Serial), other = single.Build(0.5, Jobs.Serial);
        foreach ((string name, PlainMatrix matrix) in one.ByName)
            for (int i = 0; i < matrix.Elements.Length; i++) Assert.That(other[name].Elements[i], Is.EqualTo(matrix.Elements[i]).Within(1e-14));
    }

    [Test]
    public void A_kernel_that_fails_at_its_first_question_leaves_no_memory_behind()
    {
        Ledger ledger = new();
        Failing<Laplace> kernel = new(default);
        ExpansionSizes sizes = ExpansionSizes.Of(kernel, 3, SurfaceRatios.Standard, TransferStrategy.Fft);
        Failing<Laplace>.FailAfter(1);
        Assert.That(() => new SpectrumBuilder<Failing<Laplace>, Register256<double>>(kernel, sizes, ledger), Throws.InvalidOperationException);
        Assert.That(ledger.Outstanding, Is.Zero, ledger.Report);
    }

    [Test]
    public void Sixteen_vectors_are_sampled_where_all_symmetries_hold_and_all_where_none_does()
    {
        Assert.That(new SpectrumImages(mirrors: true, 6).Groups.Sum(group => group.Sampled.Length), Is.EqualTo(16));
        Assert.That(new SpectrumImages(mirrors: true, 1).Groups.Sum(group => group.Sampled.Length), Is.EqualTo(56));
        Assert.That(new SpectrumImages(mirrors: false, 1).Groups.Sum(group => group.Sampled.Length), Is.EqualTo(316));
        foreach (bool mirrors in (bool[])[true, false])
        {
            int[] slots = [.. new SpectrumImages(mirrors, 1).Groups.SelectMany(group => group.Images.Select(image => image.Slot))];
            Assert.That(slots, Is.Unique.And.Length.EqualTo(316));
        }
    }

    private static void Check<TKernel>(TKernel kernel, int order)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        const double HalfWidth = 0.75;
        ExpansionSizes sizes = ExpansionSizes.Of(kernel, order, SurfaceRatios.Standard, TransferStrategy.Fft);
        using SpectrumBuilder<TKernel, Register256<double>> builder = new(kernel, sizes, new Ledger());
        using PlainMatrices matrices = builder.Build(HalfWidth, Jobs.Serial);
        FrequencyRows rows = new(order);
        int n = 2 * order, pairs = sizes.SourceComponents * sizes.PotentialComponents;
        Random random = new(order);
        for (int slot = 0; slot < TransferVectors.SlotCount; slot++)
        {
            int x = TransferVectors.SlotComponent(slot, 0), y = TransferVectors.SlotComponent(slot, 1), z = TransferVectors.SlotComponent(slot, 2);
            int row = random.Next(rows.Count), kz = random.Next(n);
            Complex[] expected = TransferVectors.IsFar(x, y, z) ? Transformed(kernel, sizes, HalfWidth, (x, y, z), (rows.Kx(row), rows.Ky(row), kz)) : new Complex[pairs];
            double largest = Math.Max(1e-30, expected.Max(one => one.Magnitude));
            for (int pair = 0; pair < pairs; pair++)
            {
                PlainMatrix plane = matrices[FftOperators<double>.Name(rows.Kx(row))];
                int at = (((((row - rows.First(rows.Kx(row))) * n) + kz) * pairs) + pair) * 2 * TransferVectors.SlotStride;
                Complex found = new(plane.Elements[at + slot], plane.Elements[at + TransferVectors.SlotStride + slot]);
                double scale = Math.Max(largest, Total(kernel, sizes, HalfWidth, (x, y, z)) / Math.Pow(n, 3));
                Assert.That((found - expected[pair]).Magnitude, Is.LessThan(1e-13 * scale), $"{TKernel.Name}, slot {slot} ({x}, {y}, {z}), pair {pair}");
            }
        }
    }

    // Sums over all differences of lattice points, over n^3.
    private static Complex[] Transformed<TKernel>(TKernel kernel, ExpansionSizes sizes, double halfWidth, (int X, int Y, int Z) vector, (int X, int Y, int Z) frequency)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int n = 2 * sizes.Order;
        Complex[] sums = new Complex[sizes.SourceComponents * sizes.PotentialComponents];
        Each(kernel, sizes, halfWidth, vector, (i, j, k, block) =>
        {
            Complex wave = Complex.FromPolarCoordinates(Math.Pow(n, -3), -2 * Math.PI * ((i * frequency.X) + (j * frequency.Y) + (k * frequency.Z)) / n);
            for (int pair = 0; pair < sums.Length; pair++) sums[pair] += block[pair] * wave;
        });
        return sums;
    }

    private static double Total<TKernel>(TKernel kernel, ExpansionSizes sizes, double halfWidth, (int X, int Y, int Z) vector)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        double sum = 0;
        if (TransferVectors.IsFar(vector.X, vector.Y, vector.Z)) Each(kernel, sizes, halfWidth, vector, (_, _, _, block) => sum += block.Sum(Math.Abs));
        return sum;
    }

    private static void Each<TKernel>(TKernel kernel, ExpansionSizes sizes, double halfWidth, (int X, int Y, int Z) vector, Action<int, int, int, double[]> visit)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int p = sizes.Order;
        double width = 2 * halfWidth, spacing = 2 * sizes.Ratios.Inner * halfWidth / (p - 1);
        double[] block = new double[sizes.SourceComponents * sizes.PotentialComponents];
        for (int i = 1 - p; i < p; i++)
        {
            for (int j = 1 - p; j < p; j++)
            {
                for (int k = 1 - p; k < p; k++)
                {
                    kernel.EvaluatePlain((width * vector.X) + (spacing * i), (width * vector.Y) + (spacing * j), (width * vector.Z) + (spacing * k), block);
                    visit(i, j, k, block);
                }
            }
        }
    }
}
