using System.Runtime.CompilerServices;

namespace Fmm.Systems;

/// <summary>
/// The transfer matrices of the 56 vectors of the positive octant between two inner surfaces, sorted by parity on both sides:
/// the others are their mirror images.
/// </summary>
internal sealed class ParityMatrices<TKernel>(TKernel kernel, Expansion expansion, ParityPoints sources, ParityPoints targets, double halfWidth)
    where TKernel : unmanaged, IKernel<TKernel>
{
    /// <summary>Fills the matrix of a vector: rows of check potentials, columns of densities.</summary>
    /// <param name="vector">0..55.</param>
    /// <param name="matrix">Numbers of the targets times those of the sources.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(int vector, Span<double> matrix)
    {
        int p = expansion.Order, span = (2 * p) - 1, columns = expansion.SourceComponents, rows = expansion.PotentialComponents;
        double[] lattice = new double[rows * columns * span * span * span];
        Sample(vector, lattice);
        Span<double> block = stackalloc double[64];
        for (int c = 0; c < rows; c++)
        {
            for (int target = 0; target < targets.Orbits; target++)
            {
                for (int d = 0; d < columns; d++)
                {
                    int first = ((c * columns) + d) * span * span * span;
                    for (int source = 0; source < sources.Orbits; source++)
                    {
                        Gather(lattice.AsSpan(first), target, source, block);
                        Sums(block);
                        Place(block, c, target, d, source, matrix);
                    }
                }
            }
        }
    }

    // The kernel depends on the difference of lattice points alone.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sample(int vector, double[] lattice)
    {
        int p = expansion.Order, span = (2 * p) - 1, pairs = expansion.SourceComponents * expansion.PotentialComponents;
        int points = span * span * span;
        double width = 2 * halfWidth, spacing = 2 * expansion.Ratios.Inner * halfWidth / (p - 1);
        double x = width * PositiveVectors.Component(vector, 0), y = width * PositiveVectors.Component(vector, 1), z = width * PositiveVectors.Component(vector, 2);
        Span<double> block = stackalloc double[pairs];
        for (int i = 0; i < points; i++)
        {
            kernel.Evaluate(
                x + (spacing * ((i / (span * span)) - p + 1)), y + (spacing * ((i / span % span) - p + 1)), z + (spacing * ((i % span) - p + 1)), block);
            for (int c = 0; c < pairs; c++) lattice[(c * points) + i] = block[c];
        }
    }

    // 8 images of the target by 8 of the source.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(ReadOnlySpan<double> lattice, int target, int source, Span<double> block)
    {
        int p = expansion.Order, span = (2 * p) - 1;
        Surface surface = expansion.Surface;
        Span<int> steps = stackalloc int[12];
        for (int axis = 0, weight = span * span; axis < 3; axis++, weight /= span)
        {
            int i = surface.Lattice(targets.Points[8 * target], axis), j = surface.Lattice(sources.Points[8 * source], axis);
            for (int flips = 0; flips < 4; flips++)
            {
                int difference = ((flips & 2) == 0 ? i : p - 1 - i) - ((flips & 1) == 0 ? j : p - 1 - j);
                steps[(4 * axis) + flips] = weight * (difference + p - 1);
            }
        }
        for (int i = 0; i < 64; i++)
        {
            int t = i >> 3, s = i & 7;
            block[i] = lattice[steps[(2 * (t & 1)) + (s & 1)] + steps[4 + (t & 2) + ((s >> 1) & 1)] + steps[8 + ((t >> 1) & 2) + (s >> 2)]];
        }
    }

    // Sums of the images with the signs of each parity, on both sides.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sums(Span<double> block)
    {
        for (int step = 1; step < 64; step *= 2)
        {
            for (int i = 0; i < 64; i++)
            {
                if ((i & step) != 0) continue;
                double a = block[i], b = block[i + step];
                block[i] = a + b;
                block[i + step] = a - b;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(ReadOnlySpan<double> block, int c, int target, int d, int source, Span<double> matrix)
    {
        int columns = sources.Start[8];
        double factor = Math.Sqrt(targets.Size(target) * (double)sources.Size(source)) / 64;
        ReadOnlySpan<int> rowPlaces = targets.Places.Slice(8 * ((targets.Orbits * c) + target), 8);
        ReadOnlySpan<int> columnPlaces = sources.Places.Slice(8 * ((sources.Orbits * d) + source), 8);
        for (int t = 0; t < 8; t++)
        {
            if (rowPlaces[t] < 0) continue;
            for (int s = 0; s < 8; s++)
            {
                if (columnPlaces[s] >= 0) matrix[(rowPlaces[t] * columns) + columnPlaces[s]] = factor * block[(8 * t) + s];
            }
        }
    }
}
