namespace Fmm.Systems;

/// <summary>The six permutations of the axes. Number 0 leaves all as they are, 1 swaps x and y; each takes axis a to <see cref="Image"/>.</summary>
internal static class AxisPermutations
{
    /// <summary>Their number.</summary>
    public const int Count = 6;

    /// <summary>The one that swaps x and y.</summary>
    public const int Swap = 1;

    private static ReadOnlySpan<byte> Images => [0, 1, 2, 1, 0, 2, 2, 1, 0, 0, 2, 1, 1, 2, 0, 2, 0, 1];

    private static ReadOnlySpan<byte> Inverses => [0, 1, 2, 3, 5, 4];

    /// <summary>Where an axis goes.</summary>
    public static int Image(int permutation, int axis) => Images[(3 * permutation) + axis];

    /// <summary>Where a set of axes goes, a bit each.</summary>
    public static int Bits(int permutation, int bits) =>
        ((bits & 1) << Image(permutation, 0)) | (((bits >> 1) & 1) << Image(permutation, 1)) | ((bits >> 2) << Image(permutation, 2));

    /// <summary>The permutation that takes all back.</summary>
    public static int Inverse(int permutation) => Inverses[permutation];

    /// <summary>-1 for a swap, 1 for the others.</summary>
    public static int Sign(int permutation) => permutation is 1 or 2 or 3 ? -1 : 1;

    /// <summary>The first of so many permutations that takes one triple to another, or -1.</summary>
    public static int Between(int permutations, (int X, int Y, int Z) from, (int X, int Y, int Z) to)
    {
        Span<int> image = stackalloc int[3];
        for (int permutation = 0; permutation < permutations; permutation++)
        {
            image[Image(permutation, 0)] = from.X;
            image[Image(permutation, 1)] = from.Y;
            image[Image(permutation, 2)] = from.Z;
            if ((image[0], image[1], image[2]) == to) return permutation;
        }
        return -1;
    }

    /// <summary>How many of the permutations a kernel keeps to: all six, if K of permuted displacements is K permuted, or one.</summary>
    public static int Of<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        const double rounding = 1e-11;
        int rows = TKernel.PotentialComponents, columns = TKernel.SourceComponents;
        double[] block = new double[rows * columns], image = new double[rows * columns];
        double length = KernelOffsets.Length(kernel);
        KernelSymmetry.HasMirrors(kernel, out VectorKind sources, out VectorKind potentials);
        ReadOnlySpan<double> from = [0.7 * length, -0.4 * length, 1.2 * length];
        Span<double> to = stackalloc double[3];
        kernel.Evaluate(from[0], from[1], from[2], block);
        double largest = 0;
        foreach (double element in block) largest = Math.Max(largest, Math.Abs(element));
        for (int permutation = 1; permutation < Count; permutation++)
        {
            for (int axis = 0; axis < 3; axis++) to[Image(permutation, axis)] = from[axis];
            kernel.Evaluate(to[0], to[1], to[2], image);
            for (int i = 0; i < block.Length; i++)
            {
                int at = (potentials.Image(permutation, i / columns) * columns) + sources.Image(permutation, i % columns);
                if (!(Math.Abs(image[at] - block[i]) <= rounding * largest)) return 1;
            }
        }
        return Count;
    }
}
