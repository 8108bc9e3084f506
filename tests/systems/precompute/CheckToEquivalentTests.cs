using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>The check-to-equivalent solve parity by parity.</summary>
public sealed class CheckToEquivalentTests
{
    [Test]
    public void Densities_found_for_a_sources_potential_make_it_again([Values(4, 5, 8)] int order) => Solve(default(Laplace), order, 1e-14);

    [Test]
    public void So_they_do_for_a_vector_kernel([Values(4, 5)] int order) => Solve(default(Stokes), order, 1e-12);

    [Test]
    public void And_for_a_kernel_without_mirror_images([Values(4, 5)] int order) => Solve(default(Skewed), order, 1e-14);

    [Test]
    public void The_inverse_of_the_transposed_blocks_is_the_transposed_inverse()
    {
        ExpansionSizes expansion = ExpansionSizes.Of(default(Laplace), 5, SurfaceRatios.Standard, TransferStrategy.Fft);
        EquivalentToCheck<Laplace> fields = new(default, expansion);
        double[][] up = fields.Blocks(ScaledSurface.Outer(expansion, 1), ScaledSurface.Inner(expansion, 1)), down = fields.Blocks(ScaledSurface.Inner(expansion, 1), ScaledSurface.Outer(expansion, 1));
        ILinearAlgebra algebra = LinearAlgebra.Create();
        CheckToEquivalent upward = new(expansion.Densities, expansion.Checks), taken = new(expansion.Densities, expansion.Checks), computed = new(expansion.Densities, expansion.Checks);
        for (int segment = 0; segment < 8; segment++)
        {
            upward.Decompose(algebra, segment, up[segment]);
            computed.Decompose(algebra, segment, down[segment]);
        }
        taken.Transpose(upward, [1]);
        taken.Truncate(1e-6, 0);
        computed.Truncate(1e-6, 0);
        Assert.That(taken.Rank, Is.EqualTo(computed.Rank));
        for (int segment = 0; segment < 8; segment++)
        {
            int length = expansion.Checks.Length(segment);
            double[] a = taken.Times(algebra, segment, Identity(length), length), b = computed.After(algebra, segment, Identity(length), length);
            double largest = b.Max(Math.Abs);
            for (int i = 0; i < a.Length; i++) Assert.That(a[i], Is.EqualTo(b[i]).Within(1e-9 * largest));
        }
    }

    // The potential of all parities of some densities, solved for and made again.
    private static void Solve<TKernel>(TKernel kernel, int order, double cutoff)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        ExpansionSizes expansion = ExpansionSizes.Of(kernel, order, SurfaceRatios.Standard, TransferStrategy.Fft);
        EquivalentToCheck<TKernel> fields = new(kernel, expansion);
        double[][] blocks = fields.Blocks(ScaledSurface.Outer(expansion, 1), ScaledSurface.Inner(expansion, 1));
        ILinearAlgebra algebra = LinearAlgebra.Create();
        CheckToEquivalent inverse = new(expansion.Densities, expansion.Checks);
        for (int segment = 0; segment < 8; segment++) inverse.Decompose(algebra, segment, blocks[segment]);
        inverse.Truncate(cutoff, 0);
        double[] whole = fields.Whole(ScaledSurface.Outer(expansion, 1), ScaledSurface.Inner(expansion, 1), 0, 0, 0);
        int density = expansion.DensityCount;
        double[] given = [.. Enumerable.Range(0, density).Select(i => Math.Sin(i + 1))];
        double[] made = Times(whole, given), again = new double[made.Length], found = new double[density];
        for (int segment = 0; segment < 8; segment++)
        {
            double[] part = inverse.Times(algebra, segment, made.AsSpan(expansion.Checks.Start[segment], expansion.Checks.Length(segment)), 1);
            part.CopyTo(found, expansion.Densities.Start[segment]);
        }
        again = Times(whole, found);
        double largest = made.Max(Math.Abs);
        for (int i = 0; i < made.Length; i++) Assert.That(again[i], Is.EqualTo(made[i]).Within(1e-10 * largest));
    }

    private static double[] Times(double[] matrix, double[] x) =>
        [.. Enumerable.Range(0, matrix.Length / x.Length).Select(i => Enumerable.Range(0, x.Length).Sum(j => matrix[(i * x.Length) + j] * x[j]))];

    private static double[] Identity(int length) => [.. Enumerable.Range(0, length * length).Select(i => i % (length + 1) == 0 ? 1.0 : 0)];
}
