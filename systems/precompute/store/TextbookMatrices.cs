using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The translations as the literature writes them, for other programs: between charges at the surfaces' points, component by component in the
/// order of <see cref="Surface"/>, with the kernel's normalisation (Ying, Biros and Zorin 2004, section 3.2; the names and shapes are
/// PyExaFMM's). The engine itself takes none of them: sorted by parity, and with the series, its own matrices are an eighth of the work.
/// </summary>
/// <param name="kernel">The kernel.</param>
/// <param name="expansion">Sizes of the expansions.</param>
/// <param name="algebra">Who multiplies.</param>
/// <param name="halfWidth">Half width of the boxes.</param>
internal sealed class TextbookMatrices<TKernel>(TKernel kernel, ExpansionSizes expansion, ILinearAlgebra algebra, double halfWidth)
    where TKernel : unmanaged, IKernel<TKernel>
{
    /// <summary>All of them, under <see cref="TextbookNames"/>.</summary>
    /// <param name="upward">The solve for multipoles of a box.</param>
    /// <param name="downward">The solve for locals of a box.</param>
    public PlainMatrices Of(CheckToEquivalent upward, CheckToEquivalent downward)
    {
        Surface surface = expansion.Surface;
        double normalisation = TKernel.Normalisation(kernel);
        PlainMatrices matrices = new();
        matrices.Add(TextbookNames.EquivalentSurface, new PlainMatrix(surface.Count, 3, new ScaledSurface(1, 0).Coordinates(surface)));
        matrices.Add(TextbookNames.CheckSurface, new PlainMatrix(surface.Count, 3, new ScaledSurface(1, expansion.Ratios.Angle).Coordinates(surface)));
        (double[] a, double[] b) = upward.Plain(surface.Count);
        Add(TextbookNames.UpA, TextbookNames.UpB);
        double half = halfWidth / 2;
        matrices.Add(TextbookNames.M2M, Translation(a, b, octant => Fields(
            ScaledSurface.Outer(expansion, halfWidth), ScaledSurface.Inner(expansion, half), -half * Side(octant, 0), -half * Side(octant, 1), -half * Side(octant, 2))));
        (a, b) = downward.Plain(surface.Count);
        Add(TextbookNames.DownA, TextbookNames.DownB);
        matrices.Add(TextbookNames.L2L, Translation(a, b, octant => Fields(
            ScaledSurface.Inner(expansion, halfWidth), ScaledSurface.Outer(expansion, 2 * halfWidth), halfWidth * Side(octant, 0), halfWidth * Side(octant, 1), halfWidth * Side(octant, 2))));
        return matrices;

        void Add(string first, string second)
        {
            int rank = b.Length / expansion.CheckCount;
            double[] scaled = new double[a.Length];
            for (int i = 0; i < a.Length; i++) scaled[i] = a[i] / normalisation;
            matrices.Add(first, new PlainMatrix(expansion.DensityCount, rank, scaled));
            matrices.Add(second, new PlainMatrix(rank, expansion.CheckCount, b));
        }
    }

    private static int Side(int octant, int axis) => (2 * ((octant >> axis) & 1)) - 1;

    // What densities on one surface make on another, displaced by (x, y, z), without the normalisation: it cancels in what follows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] Fields(ScaledSurface target, ScaledSurface source, double x, double y, double z)
    {
        double[] targets = target.Coordinates(expansion.Surface), sources = source.Coordinates(expansion.Surface);
        int count = expansion.Surface.Count, columns = expansion.SourceComponents;
        double[] fields = new double[expansion.CheckCount * expansion.DensityCount], block = new double[expansion.PotentialComponents * columns];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                kernel.EvaluatePlain(x + targets[3 * i] - sources[3 * j], y + targets[(3 * i) + 1] - sources[(3 * j) + 1], z + targets[(3 * i) + 2] - sources[(3 * j) + 2], block);
                for (int pair = 0; pair < block.Length; pair++)
                    fields[((((pair / columns) * count) + i) * expansion.DensityCount) + ((pair % columns) * count) + j] = block[pair];
            }
        }
        return fields;
    }

    // The solve for what each octant makes. With mirrors the first stands for all.
    private PlainMatrix Translation(double[] a, double[] b, Func<int, double[]> fields)
    {
        int density = expansion.DensityCount, size = density * density;
        double[] all = new double[8 * size];
        for (int octant = 0; octant < 8; octant++)
        {
            Span<double> own = all.AsSpan(octant * size, size);
            if (octant > 0 && expansion.Densities.Mirrors) Mirror(all.AsSpan(0, size), octant, own);
            else Product(a, Product(b, fields(octant), b.Length / expansion.CheckCount, expansion.CheckCount), density, b.Length / expansion.CheckCount).CopyTo(own);
        }
        return new PlainMatrix(8 * density, density, all);
    }

    private unsafe double[] Product(double[] left, double[] right, int rows, int depth)
    {
        int columns = expansion.DensityCount;
        double[] product = new double[rows * columns];
        fixed (double* pLeft = left, pRight = right, pProduct = product)
        {
            if (product.Length * depth > 0) algebra.Gemm(false, rows, columns, depth, pLeft, depth, pRight, columns, pProduct, columns);
        }
        return product;
    }

    private void Mirror(ReadOnlySpan<double> first, int axes, Span<double> image)
    {
        int[] places = new int[expansion.DensityCount];
        double[] signs = new double[places.Length];
        ParityPoints points = expansion.Densities;
        for (int c = 0; c < points.Components; c++)
        {
            for (int orbit = 0; orbit < points.Orbits; orbit++)
            {
                for (int i = 0; i < 8; i++)
                {
                    int place = (c * expansion.Surface.Count) + points.Points[(8 * orbit) + i];
                    places[place] = (c * expansion.Surface.Count) + points.Points[(8 * orbit) + (i ^ axes)];
                    signs[place] = OctetMirrors.Sign(points.OwnParity(c), axes);
                }
            }
        }
        for (int i = 0; i < places.Length; i++)
            for (int j = 0; j < places.Length; j++) image[(i * places.Length) + j] = signs[i] * signs[j] * first[(places[i] * places.Length) + places[j]];
    }
}
