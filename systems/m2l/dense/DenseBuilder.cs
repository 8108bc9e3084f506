using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Computes the matrices of <see cref="DenseOperators{T}"/>, one for each transfer vector.</summary>
internal sealed class DenseBuilder<TKernel>(TKernel kernel, ExpansionSizes expansion, Ledger ledger)
    where TKernel : unmanaged, IKernel<TKernel>
{
    /// <summary>
    /// Computes them for boxes of half width <paramref name="halfWidth"/>: one matrix below the other by slot of
    /// <see cref="TransferVectors"/>, zero for adjacent boxes, each with a row for each density and a column for each check potential.
    /// </summary>
    public PlainMatrices Build(double halfWidth)
    {
        int check = expansion.CheckCount, density = expansion.DensityCount;
        double[] points = ScaledSurface.Inner(expansion, halfWidth).Coordinates(expansion.Surface);
        NativeBuffer<double> all = new(ledger, "operators: M2L", checked(TransferVectors.SlotCount * check * density));
        for (int slot = 0; slot < TransferVectors.SlotCount; slot++)
        {
            int x = TransferVectors.SlotComponent(slot, 0), y = TransferVectors.SlotComponent(slot, 1), z = TransferVectors.SlotComponent(slot, 2);
            if (TransferVectors.IsFar(x, y, z))
                Fill(all.Span.Slice(slot * check * density, check * density), points, 2 * halfWidth * x, 2 * halfWidth * y, 2 * halfWidth * z);
        }
        PlainMatrices matrices = new();
        matrices.Add(DenseOperators<double>.Name, new PlainMatrix(TransferVectors.SlotCount * density, check, all));
        return matrices;
    }

    // K(target - source) for a target surface displaced by (x, y, z).
    private void Fill(Span<double> matrix, double[] points, double x, double y, double z)
    {
        int count = expansion.Surface.Count, columns = expansion.SourceComponents;
        Span<double> block = stackalloc double[expansion.PotentialComponents * columns];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                kernel.EvaluatePlain(
                    x + points[3 * i] - points[3 * j], y + points[(3 * i) + 1] - points[(3 * j) + 1], z + points[(3 * i) + 2] - points[(3 * j) + 2], block);
                for (int c = 0; c < block.Length; c++) matrix[((((c % columns) * count) + j) * expansion.CheckCount) + (c / columns * count) + i] = block[c];
            }
        }
    }
}
