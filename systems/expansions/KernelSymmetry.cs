namespace Fmm.Systems;

/// <summary>
/// The symmetries of a kernel, found by trying it at a few displacements, of a length at which its values are not lost below the smallest
/// numbers. Expansions of a kernel with mirror images are sorted by parity, an eighth of the work; one without is served, too.
/// </summary>
internal static class KernelSymmetry
{
    private const double Rounding = 1e-11;
    private static readonly (double X, double Y, double Z)[] _displacements = [(0.7, 0.4, 0.2), (-0.3, 0.9, 0.6), (0.5, -0.8, -1.1)];

    /// <summary>
    /// Tells whether the kernel keeps to its mirror images: with the sign of one coordinate of d changed, K(d) stays as it is, but for the
    /// sign of what belongs to that axis where its components are those of vectors (<see cref="IKernel{TSelf}.IsVector"/>).
    /// </summary>
    public static bool HasMirrors<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel> => HasMirrors(kernel, out _, out _);

    /// <summary>Tells it, and what the components of sources and potentials are; where there are no mirrors, what they are taken for.</summary>
    public static bool HasMirrors<TKernel>(TKernel kernel, out VectorKind sources, out VectorKind potentials)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        foreach (VectorKind potential in Kinds(TKernel.PotentialComponents))
        {
            foreach (VectorKind source in Kinds(TKernel.SourceComponents))
            {
                (sources, potentials) = (source, potential);
                if (HasMirrors(kernel, source, potential)) return true;
            }
        }
        (sources, potentials) = (Kinds(TKernel.SourceComponents)[0], Kinds(TKernel.PotentialComponents)[0]);
        return false;

        static VectorKind[] Kinds(int components) => !TKernel.IsVector ? [VectorKind.Scalars] : components switch
        {
            3 => [VectorKind.Vector, VectorKind.AxialVector],
            4 => [VectorKind.ScalarAndVector],
            6 => [VectorKind.SymmetricTensor],
            _ => [VectorKind.Scalars],
        };
    }

    private static bool HasMirrors<TKernel>(TKernel kernel, VectorKind sources, VectorKind potentials)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int rows = TKernel.PotentialComponents, columns = TKernel.SourceComponents;
        double[] block = new double[rows * columns], image = new double[rows * columns];
        double length = KernelOffsets.Length(kernel);
        foreach ((double dx, double dy, double dz) in _displacements)
        {
            (double x, double y, double z) = (length * dx, length * dy, length * dz);
            kernel.Evaluate(x, y, z, block);
            double largest = block.Max(Math.Abs);
            for (int axis = 0; axis < 3; axis++)
            {
                kernel.Evaluate(axis == 0 ? -x : x, axis == 1 ? -y : y, axis == 2 ? -z : z, image);
                for (int i = 0; i < block.Length; i++)
                {
                    bool odd = ((potentials.Parity(i / columns) ^ sources.Parity(i % columns)) >> axis & 1) != 0;
                    if (Math.Abs(image[i] - (odd ? -block[i] : block[i])) > Rounding * largest) return false;
                }
            }
        }
        return true;
    }

    /// <summary>
    /// Tells whether K(-d) is K(d) transposed. Then what a box sends and what reaches it are described by the same matrices, transposed, and
    /// are computed once.
    /// </summary>
    public static bool IsSymmetric<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel> => Signs(kernel) is double[] signs && Array.TrueForAll(signs, sign => sign > 0);

    /// <summary>
    /// The signs s with K(-d)_cd = s_c s_d K(d)_dc, if there are any: all 1 where K(-d) is K(d) transposed, 1 and -1 for the two parts of a complex kernel that is even.
    /// </summary>
    public static double[]? Signs<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int rows = TKernel.PotentialComponents, columns = TKernel.SourceComponents;
        // Sorted by parity the two are no transposed matrices of each other unless mirrors make the same of both.
        if (rows != columns || (HasMirrors(kernel, out VectorKind sources, out VectorKind potentials) && sources != potentials)) return null;
        for (int minus = 0; minus < 1 << (columns - 1); minus++)
        {
            double[] signs = [.. Enumerable.Range(0, columns).Select(c => c > 0 && ((minus >> (c - 1)) & 1) != 0 ? -1.0 : 1)];
            if (IsSymmetric(kernel, signs)) return signs;
        }
        return null;
    }

    private static bool IsSymmetric<TKernel>(TKernel kernel, double[] signs)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int n = signs.Length;
        double[] block = new double[n * n], image = new double[n * n];
        double length = KernelOffsets.Length(kernel);
        foreach ((double dx, double dy, double dz) in _displacements)
        {
            (double x, double y, double z) = (length * dx, length * dy, length * dz);
            kernel.Evaluate(x, y, z, block);
            double largest = block.Max(Math.Abs);
            kernel.Evaluate(-x, -y, -z, image);
            for (int i = 0; i < block.Length; i++)
                if (!(Math.Abs(image[i] - (signs[i / n] * signs[i % n] * block[(i % n * n) + (i / n)])) <= Rounding * largest)) return false;
        }
        return true;
    }
}
