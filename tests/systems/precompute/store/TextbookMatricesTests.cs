using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>The matrices that other programs read are the literature's: multiplied out, they carry a field from box to box.</summary>
public sealed class TextbookMatricesTests
{
    private const int Order = 6;
    private const double HalfWidth = 0.5;

    [Test]
    public void A_childs_charges_are_the_parents_far_away([Range(0, 7)] int octant)
    {
        Up(default(Laplace), octant, 2e-5);
        Up(new Yukawa(2), octant, 2e-5);
        Up(new Stokes(0.7), octant, 2e-4);
        Up(default(Skewed), octant, 2e-4);
        Up(default(Pull), octant, 2e-4);
    }

    [Test]
    public void A_parents_local_field_is_the_childs([Range(0, 7)] int octant)
    {
        Down(default(Laplace), octant, 2e-5);
        Down(new Yukawa(2), octant, 1e-4);
        Down(new Stokes(0.7), octant, 2e-4);
        Down(default(Skewed), octant, 2e-4);
    }

    [Test]
    public void Shapes_are_those_of_PyExaFMM()
    {
        ExpansionSizes sizes = ExpansionSizes.Of(default(Laplace), Order, SurfaceRatios.Standard, TransferStrategy.Fft);
        using PlainMatrices matrices = Textbook(default(Laplace), sizes, 1);
        int n = sizes.Surface.Count, rank = matrices[TextbookNames.UpB].Rows;
        Assert.That(rank, Is.InRange(n / 2, n));
        Assert.That(Shape(TextbookNames.EquivalentSurface), Is.EqualTo((n, 3)));
        Assert.That(Shape(TextbookNames.CheckSurface), Is.EqualTo((n, 3)));
        Assert.That(Shape(TextbookNames.UpA), Is.EqualTo((n, rank)));
        Assert.That(Shape(TextbookNames.UpB), Is.EqualTo((rank, n)));
        Assert.That(Shape(TextbookNames.M2M), Is.EqualTo((8 * n, n)));
        Assert.That(Shape(TextbookNames.L2L), Is.EqualTo((8 * n, n)));
        Assert.That(matrices[TextbookNames.CheckSurface].Elements.ToArray().Max(), Is.EqualTo(1));

        (int, int) Shape(string name) => (matrices[name].Rows, matrices[name].Columns);
    }

    private static void Up<TKernel>(TKernel kernel, int octant, double tolerance)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        ExpansionSizes sizes = ExpansionSizes.Of(kernel, Order, SurfaceRatios.Standard, TransferStrategy.Fft);
        using PlainMatrices own = Textbook(kernel, sizes, HalfWidth), child = Textbook(kernel, sizes, HalfWidth / 2);
        double[] centre = Centre(octant, HalfWidth / 2), source = [centre[0] + 0.1, centre[1] - 0.2, centre[2] + 0.15], target = [2.1, -1.7, 0.3];
        double[] charge = [.. Enumerable.Range(0, sizes.SourceComponents).Select(d => 1 - (0.4 * d))];
        double[] checks = Places(child[TextbookNames.CheckSurface], sizes.Ratios.Outer * HalfWidth / 2, centre), potentials = Field(kernel, checks, source, charge);
        double[] densities = Times(child[TextbookNames.UpA], 0, Times(child[TextbookNames.UpB], 0, potentials, 1), 1);
        double[] parents = Times(own[TextbookNames.M2M], octant, densities, 8);
        double[] found = Field(kernel, target, Places(own[TextbookNames.EquivalentSurface], sizes.Ratios.Inner * HalfWidth, [0, 0, 0]), parents);
        Assert.That(found, Is.EqualTo(Field(kernel, target, source, charge)).Within(tolerance * Field(kernel, target, source, charge).Max(Math.Abs)), TKernel.Name);
    }

    private static void Down<TKernel>(TKernel kernel, int octant, double tolerance)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        ExpansionSizes sizes = ExpansionSizes.Of(kernel, Order, SurfaceRatios.Standard, TransferStrategy.Fft);
        using PlainMatrices own = Textbook(kernel, sizes, HalfWidth), parent = Textbook(kernel, sizes, 2 * HalfWidth);
        double[] centre = Centre(octant, HalfWidth), target = [centre[0] + 0.1, centre[1] - 0.2, centre[2] + 0.15], source = [4.3, -3.6, 0.7];
        double[] charge = [.. Enumerable.Range(0, sizes.SourceComponents).Select(d => 1 - (0.4 * d))];
        double[] checks = Places(parent[TextbookNames.EquivalentSurface], sizes.Ratios.Inner * 2 * HalfWidth, [0, 0, 0]);
        double[] densities = Times(parent[TextbookNames.DownA], 0, Times(parent[TextbookNames.DownB], 0, Field(kernel, checks, source, charge), 1), 1);
        double[] children = Times(own[TextbookNames.L2L], octant, densities, 8);
        double[] found = Field(kernel, target, Places(own[TextbookNames.CheckSurface], sizes.Ratios.Outer * HalfWidth, centre), children);
        Assert.That(found, Is.EqualTo(Field(kernel, target, source, charge)).Within(tolerance * Field(kernel, target, source, charge).Max(Math.Abs)), TKernel.Name);
    }

    private static PlainMatrices Textbook<TKernel>(TKernel kernel, ExpansionSizes sizes, double halfWidth)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        using PlainMatrices matrices = new OperatorBuilder<TKernel>(kernel, sizes, LinearAlgebra.Create(), Precision.Double).Build(halfWidth, Jobs.Serial);
        return matrices.Textbook!();
    }

    private static double[] Centre(int octant, double distance) => [.. Enumerable.Range(0, 3).Select(axis => ((octant >> axis) & 1) == 0 ? -distance : distance)];

    private static double[] Places(PlainMatrix surface, double halfWidth, double[] centre) => [.. surface.Elements.ToArray().Select((x, i) => (halfWidth * x) + centre[i % 3])];

    // Component by component, as densities and potentials of a surface stand.
    private static double[] Field<TKernel>(TKernel kernel, double[] targets, double[] sources, double[] charges)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int rows = TKernel.PotentialComponents, columns = TKernel.SourceComponents, count = targets.Length / 3, others = sources.Length / 3;
        double[] field = new double[rows * count], block = new double[rows * columns];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < others; j++)
            {
                kernel.Evaluate(targets[3 * i] - sources[3 * j], targets[(3 * i) + 1] - sources[(3 * j) + 1], targets[(3 * i) + 2] - sources[(3 * j) + 2], block);
                for (int pair = 0; pair < block.Length; pair++) field[(pair / columns * count) + i] += block[pair] * charges[(pair % columns * others) + j];
            }
        }
        return field;
    }

    private static double[] Times(PlainMatrix matrix, int part, double[] x, int parts)
    {
        int rows = matrix.Rows / parts;
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) for (int j = 0; j < x.Length; j++) y[i] += matrix.Elements[(((part * rows) + i) * matrix.Columns) + j] * x[j];
        return y;
    }
}
