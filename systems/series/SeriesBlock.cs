namespace Fmm.Systems;

/// <summary>
/// A block of products T_i(x) T_j(y) T_k(z): one i, four j, and three k from 0 on for each of <paramref name="Chunks"/>. Their
/// coefficients lie together, the four j of a k side by side.
/// </summary>
/// <param name="I">Degree along x.</param>
/// <param name="J">First degree along y.</param>
/// <param name="Chunks">Thirds of the number of degrees along z.</param>
/// <param name="Offset">First coefficient.</param>
internal readonly record struct SeriesBlock(int I, int J, int Chunks, int Offset)
{
    /// <summary>Degrees along y.</summary>
    public const int Rows = 4;

    /// <summary>Degrees along z of a chunk.</summary>
    public const int ChunkDegrees = 3;

    /// <summary>Coefficients of a chunk.</summary>
    public const int ChunkLength = Rows * ChunkDegrees;

    /// <summary>Coefficients.</summary>
    public int Length => Chunks * ChunkLength;

    /// <summary>Degrees of one of the coefficients.</summary>
    public (int I, int J, int K) Degrees(int coefficient) => (I, J + (coefficient % Rows), coefficient / Rows);

    /// <summary>Which of x, y and z a coefficient's product is odd in, a bit an axis.</summary>
    public int Parity(int coefficient)
    {
        (int i, int j, int k) = Degrees(coefficient);
        return (i & 1) | ((j & 1) << 1) | ((k & 1) << 2);
    }

    /// <summary>Blocks from a table of I, J and chunks, three numbers each; their coefficients follow one another.</summary>
    public static SeriesBlock[] FromTable(ReadOnlySpan<int> table)
    {
        SeriesBlock[] blocks = new SeriesBlock[table.Length / 3];
        for (int block = 0, offset = 0; block < blocks.Length; offset += blocks[block++].Length)
            blocks[block] = new SeriesBlock(table[3 * block], table[(3 * block) + 1], table[(3 * block) + 2], offset);
        return blocks;
    }

    /// <summary>The table of <see cref="FromTable"/> as a matrix, a row a block.</summary>
    public static PlainMatrix ToTable(ReadOnlySpan<SeriesBlock> blocks)
    {
        double[] table = new double[3 * blocks.Length];
        for (int block = 0; block < blocks.Length; block++)
            (table[3 * block], table[(3 * block) + 1], table[(3 * block) + 2]) = (blocks[block].I, blocks[block].J, blocks[block].Chunks);
        return new PlainMatrix(blocks.Length, 3, table);
    }
}
