using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The transfer matrices of the 56 vectors of the positive octant between two inner surfaces, sorted by parity on both sides:
/// the others are their mirror images.
/// </summary>
internal sealed unsafe class TransferMatrices<TKernel>(TKernel kernel, ExpansionSizes expansion, ParityPoints sources, ParityPoints targets, double halfWidth)
    where TKernel : unmanaged, IKernel<TKernel>
{
    // Sources that are taken at once, a lane each: their numbers of one parity as a rule stand side by side.
    private const int Lanes = 4;

    private readonly int _span = (2 * expansion.Order) - 1;
    private readonly int[] _sourceSteps = Steps(expansion, sources);
    private readonly int[] _targetSteps = Steps(expansion, targets);

    /// <summary>Numbers that <see cref="Fill"/> needs on the way.</summary>
    public int ScratchLength => expansion.SourceComponents * expansion.PotentialComponents * _span * _span * _span;

    /// <summary>Fills the matrix of a vector: rows of check potentials, columns of densities.</summary>
    /// <param name="vector">0..55.</param>
    /// <param name="matrix">Numbers of the targets times those of the sources.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(int vector, Span<double> matrix, Span<double> scratch)
    {
        int columns = expansion.SourceComponents, rows = expansion.PotentialComponents, points = _span * _span * _span;
        double* block = stackalloc double[64 * Lanes];
        fixed (double* lattice = scratch, pMatrix = matrix)
        {
            Sample(vector, lattice);
            for (int c = 0; c < rows; c++)
            {
                for (int target = 0; target < targets.Orbits; target++)
                {
                    for (int d = 0; d < columns; d++)
                    {
                        for (int source = 0; source < sources.Orbits; source += Lanes)
                        {
                            for (int lane = 0; lane < Lanes; lane++)
                                Gather(lattice + (((c * columns) + d) * points), target, Math.Min(source + lane, sources.Orbits - 1), block + lane);
                            Sums(block);
                            Place(block, c, target, d, source, pMatrix);
                        }
                    }
                }
            }
        }
    }

    // For each orbit and axis the lattice index of its point and that of the mirror image, in numbers of the lattice of differences.
    private static int[] Steps(ExpansionSizes expansion, ParityPoints points)
    {
        int p = expansion.Order, span = (2 * p) - 1;
        int[] steps = new int[6 * points.Orbits];
        for (int orbit = 0; orbit < points.Orbits; orbit++)
        {
            for (int axis = 0, weight = span * span; axis < 3; axis++, weight /= span)
            {
                int i = expansion.Surface.Lattice(points.Points[8 * orbit], axis);
                steps[(6 * orbit) + (2 * axis)] = weight * i;
                steps[(6 * orbit) + (2 * axis) + 1] = weight * (p - 1 - i);
            }
        }
        return steps;
    }

    // The kernel depends on the difference of lattice points alone.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sample(int vector, double* lattice)
    {
        int p = expansion.Order, pairs = expansion.SourceComponents * expansion.PotentialComponents;
        int points = _span * _span * _span;
        double width = 2 * halfWidth, spacing = 2 * expansion.Ratios.Inner * halfWidth / (p - 1);
        double x = width * PositiveVectors.Component(vector, 0), y = width * PositiveVectors.Component(vector, 1), z = width * PositiveVectors.Component(vector, 2);
        Span<double> block = stackalloc double[pairs];
        for (int i = 1 - p; i < p; i++)
        {
            for (int j = 1 - p; j < p; j++)
            {
                for (int k = 1 - p; k < p; k++, lattice++)
                {
                    kernel.EvaluatePlain(x + (spacing * i), y + (spacing * j), z + (spacing * k), block);
                    for (int c = 0; c < pairs; c++) lattice[c * points] = block[c];
                }
            }
        }
    }

    // 8 images of the target by 8 of the source: number 8 target + source, a bit an axis.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(double* lattice, int target, int source, double* block)
    {
        int middle = (expansion.Order - 1) * ((((_span + 1) * _span)) + 1);
        fixed (int* t = &_targetSteps[6 * target], s = &_sourceSteps[6 * source])
        {
            for (int z = 0; z < 4; z++)
            {
                double* plane = lattice + (middle + t[4 + (z >> 1)] - s[4 + (z & 1)]);
                for (int y = 0; y < 4; y++)
                {
                    double* line = plane + (t[2 + (y >> 1)] - s[2 + (y & 1)]);
                    double* to = block + (Lanes * ((32 * (z >> 1)) + (4 * (z & 1)) + (16 * (y >> 1)) + (2 * (y & 1))));
                    to[0] = line[t[0] - s[0]];
                    to[Lanes] = line[t[0] - s[1]];
                    to[8 * Lanes] = line[t[1] - s[0]];
                    to[9 * Lanes] = line[t[1] - s[1]];
                }
            }
        }
    }

    // Sums of the images with the signs of each parity, on both sides: of the sources, then of the targets.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sums(double* block)
    {
        for (int i = 0; i < 8; i++) WalshHadamard<double, Register256<double>>.Sums(block + (8 * Lanes * i), Lanes);
        for (int i = 0; i < 8; i++) WalshHadamard<double, Register256<double>>.Sums(block + (Lanes * i), 8 * Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(double* block, int c, int target, int d, int source, double* matrix)
    {
        int columns = sources.Start[8], lanes = Math.Min(Lanes, sources.Orbits - source);
        double* sizes = stackalloc double[Lanes];
        for (int lane = 0; lane < lanes; lane++) sizes[lane] = Math.Sqrt(targets.Size(target) * (double)sources.Size(source + lane)) / 64;
        ReadOnlySpan<int> rowPlaces = targets.Places.Slice(8 * ((targets.Orbits * c) + target), 8);
        ReadOnlySpan<int> columnPlaces = sources.Places.Slice(8 * ((sources.Orbits * d) + source), 8 * lanes);
        for (int s = 0; s < 8; s++)
        {
            int first = columnPlaces[s];
            bool together = lanes == Lanes && first >= 0;
            for (int lane = 1; lane < lanes; lane++) together &= columnPlaces[(8 * lane) + s] == first + lane;
            for (int t = 0; t < 8; t++)
            {
                if (rowPlaces[t] < 0) continue;
                double* row = matrix + (rowPlaces[t] * (nint)columns), from = block + (Lanes * ((8 * t) + s));
                if (together) (Vector256.Load(from) * Vector256.Load(sizes)).Store(row + first);
                for (int lane = 0; !together && lane < lanes; lane++)
                {
                    int place = columnPlaces[(8 * lane) + s];
                    if (place >= 0) row[place] = sizes[lane] * from[lane];
                }
            }
        }
    }
}
