using System.Numerics;

namespace Fmm.Systems;

/// <summary>Computes the operators of <see cref="TransferStrategy.Dense"/>: a matrix for each transfer vector.</summary>
internal sealed unsafe class DenseBuilder<TKernel, T>(TKernel kernel, ExpansionSizes expansion)
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Fills the transfer operators for boxes of half width <paramref name="halfWidth"/>.</summary>
    public void Build(LevelOperators<T> operators, double halfWidth)
    {
        int check = expansion.CheckCount, density = expansion.DensityCount;
        double[] points = Shell.Inner(expansion, halfWidth).Coordinates(expansion.Surface);
        operators.Transfer.Resize(checked(TransferVectors.SlotCount * check * density));
        for (int slot = 0; slot < TransferVectors.SlotCount; slot++)
        {
            int x = TransferVectors.SlotComponent(slot, 0), y = TransferVectors.SlotComponent(slot, 1), z = TransferVectors.SlotComponent(slot, 2);
            T* matrix = operators.Transfer.Pointer + ((nint)slot * check * density);
            if (TransferVectors.IsFar(x, y, z)) Fill(matrix, points, 2 * halfWidth * x, 2 * halfWidth * y, 2 * halfWidth * z);
            else new Span<T>(matrix, check * density).Clear();
        }
    }

    // K(target - source) for a target surface displaced by (x, y, z): rows are densities, columns check potentials.
    private void Fill(T* matrix, double[] points, double x, double y, double z)
    {
        int count = expansion.Surface.Count, columns = expansion.SourceComponents;
        Span<double> block = stackalloc double[expansion.PotentialComponents * columns];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                kernel.EvaluatePlain(
                    x + points[3 * i] - points[3 * j], y + points[(3 * i) + 1] - points[(3 * j) + 1], z + points[(3 * i) + 2] - points[(3 * j) + 2], block);
                for (int c = 0; c < block.Length; c++)
                    matrix[((((nint)(c % columns) * count) + j) * expansion.CheckCount) + (c / columns * count) + i] = T.CreateTruncating(block[c]);
            }
        }
    }
}
