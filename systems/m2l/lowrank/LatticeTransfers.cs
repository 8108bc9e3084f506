using System.Buffers;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The transfer matrices of a level side by side, in order of <see cref="VectorPairs"/>: check potentials on the inner surface of a target
/// box by densities on that of a source box. Both are lattices of the same spacing, so that a matrix has no more different numbers than
/// the lattice of differences has points.
/// </summary>
internal sealed class LatticeTransfers<TKernel> : IBlockRow
    where TKernel : unmanaged, IKernel<TKernel>
{
    private readonly TKernel _kernel;
    private readonly ExpansionSizes _expansion;
    private readonly double _halfWidth;
    private readonly int[] _places;

    /// <summary>The matrices for boxes of a half width.</summary>
    public LatticeTransfers(TKernel kernel, ExpansionSizes expansion, double halfWidth)
    {
        _kernel = kernel;
        _expansion = expansion;
        _halfWidth = halfWidth;
        Surface surface = expansion.Surface;
        _places = new int[surface.Count];
        for (int i = 0; i < _places.Length; i++) _places[i] = (((surface.Lattice(i, 0) * Span) + surface.Lattice(i, 1)) * Span) + surface.Lattice(i, 2);
    }

    /// <inheritdoc/>
    public int Rows => _expansion.CheckCount;

    /// <inheritdoc/>
    public int BlockColumns => _expansion.DensityCount;

    /// <inheritdoc/>
    public int Blocks => VectorPairs.Count;

    private int Span => (2 * _expansion.Order) - 1;

    /// <inheritdoc/>
    public void Fill(int block, double[] elements)
    {
        int points = Span * Span * Span, count = _places.Length, columns = _expansion.SourceComponents, pairs = columns * _expansion.PotentialComponents;
        double[] lattice = ArrayPool<double>.Shared.Rent(pairs * points);
        Sample(VectorPairs.Slot(block), lattice, points);
        for (int pair = 0; pair < pairs; pair++)
        {
            ReadOnlySpan<double> own = lattice.AsSpan(pair * points, points);
            for (int i = 0; i < count; i++)
                Gather(own, _places[i] + (points / 2), elements.AsSpan(((((pair / columns) * count) + i) * BlockColumns) + (pair % columns * count), count));
        }
        ArrayPool<double>.Shared.Return(lattice);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(ReadOnlySpan<double> lattice, int target, Span<double> row)
    {
        ReadOnlySpan<int> places = _places;
        for (int j = 0; j < row.Length; j++) row[j] = lattice[target - places[j]];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sample(int slot, double[] lattice, int points)
    {
        int p = _expansion.Order, at = 0;
        double width = 2 * _halfWidth, spacing = 2 * _expansion.Ratios.Inner * _halfWidth / (p - 1);
        double x = width * TransferVectors.SlotComponent(slot, 0), y = width * TransferVectors.SlotComponent(slot, 1), z = width * TransferVectors.SlotComponent(slot, 2);
        Span<double> block = stackalloc double[_expansion.SourceComponents * _expansion.PotentialComponents];
        for (int i = 1 - p; i < p; i++)
        {
            for (int j = 1 - p; j < p; j++)
            {
                for (int k = 1 - p; k < p; k++, at++)
                {
                    _kernel.EvaluatePlain(x + (spacing * i), y + (spacing * j), z + (spacing * k), block);
                    for (int c = 0; c < block.Length; c++) lattice[(c * points) + at] = block[c];
                }
            }
        }
    }
}
