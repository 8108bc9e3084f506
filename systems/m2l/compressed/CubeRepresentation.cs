namespace Fmm.Systems;

/// <summary>
/// An irreducible representation of the cube's symmetries (mirrors and permutations of the axes): so many partners, each a
/// function of one parity, that the permutations mix among each other by the same small matrices whatever the functions are.
/// </summary>
/// <remarks>
/// The mirrors' parities fall into four sets that permutations map to themselves: none odd, one axis odd, two, all. Within the
/// first and the last, functions are symmetric, antisymmetric, or come in pairs; within the others they come in threes, one a
/// parity, even or odd under the swap of the two axes that are alike: the ten representations of the group O_h.
/// </remarks>
internal sealed class CubeRepresentation
{
    private readonly double[] _matrices;

    private CubeRepresentation(int[] segments, int columns, double[] matrices)
    {
        Segments = segments;
        Columns = columns;
        _matrices = matrices;
    }

    /// <summary>Partners.</summary>
    public int Dimension => Segments.Length;

    /// <summary>Parity of each partner.</summary>
    public int[] Segments { get; }

    /// <summary>How many independent families spring from a point in the first partner's segment.</summary>
    public int Columns { get; }

    /// <summary>What a permutation brings into partner <paramref name="row"/> from partner <paramref name="column"/>.</summary>
    public double Element(int permutation, int row, int column) => _matrices[(((permutation * Dimension) + row) * Dimension) + column];

    /// <summary>The families for six permutations, or for the identity alone: then every function is for itself.</summary>
    public static CubeRepresentation[] All(int permutations)
    {
        if (permutations == 1)
        {
            CubeRepresentation[] alone = new CubeRepresentation[8];
            for (int segment = 0; segment < 8; segment++) alone[segment] = new CubeRepresentation([segment], 1, [1.0]);
            return alone;
        }
        List<CubeRepresentation> all = [];
        foreach (int flip in (int[])[0, 7])
        {
            all.Add(new CubeRepresentation([flip], 1, Matrices(1, (_, _, _) => 1)));
            all.Add(new CubeRepresentation([flip], 1, Matrices(1, (permutation, _, _) => AxisPermutations.Sign(permutation))));
            all.Add(new CubeRepresentation([flip, flip], 2, Matrices(2, Pair)));
            int[] three = [1 ^ flip, 2 ^ flip, 4 ^ flip];
            all.Add(new CubeRepresentation(three, 1, Matrices(3, Axis)));
            all.Add(new CubeRepresentation(three, 1, Matrices(3, (permutation, i, j) => AxisPermutations.Sign(permutation) * Axis(permutation, i, j))));
        }
        return [.. all];
    }

    private static double Axis(int permutation, int row, int column) => AxisPermutations.Image(permutation, column) == row ? 1 : 0;

    // Permutations of (x, y, z) in the plane x + y + z = 0, by axes (1, 1, -2) and (1, -1, 0): the swap of x and y is diag(1, -1).
    private static double Pair(int permutation, int row, int column)
    {
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) sum += Plane(row, AxisPermutations.Image(permutation, axis)) * Plane(column, axis);
        return Math.Abs(sum) < 1e-10 ? 0 : sum;

        static double Plane(int row, int axis) => row == 0 ? (axis == 2 ? -2 : 1) / Math.Sqrt(6) : (axis == 2 ? 0 : 1 - (2 * axis)) / Math.Sqrt(2);
    }

    private static double[] Matrices(int dimension, Func<int, int, int, double> element)
    {
        double[] matrices = new double[AxisPermutations.Count * dimension * dimension];
        for (int i = 0; i < matrices.Length; i++)
            matrices[i] = element(i / (dimension * dimension), i / dimension % dimension, i % dimension);
        return matrices;
    }
}
