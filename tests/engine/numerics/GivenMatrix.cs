using Fmm.Engine;

namespace Fmm.Tests;

/// <summary>A stored matrix as blocks of columns.</summary>
internal sealed class GivenMatrix(double[] elements, int rows, int columns, int blocks) : IBlockRow
{
    public int Rows => rows;

    public int BlockColumns => columns / blocks;

    public int Blocks => blocks;

    public void Fill(int block, double[] part)
    {
        for (int i = 0; i < rows; i++) elements.AsSpan((i * columns) + (block * BlockColumns), BlockColumns).CopyTo(part.AsSpan(i * BlockColumns));
    }
}
