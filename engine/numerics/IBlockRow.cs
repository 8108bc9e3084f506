namespace Fmm.Engine;

/// <summary>
/// A matrix far wider than tall that is never stored whole: blocks of equal size side by side, each computed when it is asked for.
/// </summary>
internal interface IBlockRow
{
    /// <summary>Rows of every block.</summary>
    int Rows { get; }

    /// <summary>Columns of a block.</summary>
    int BlockColumns { get; }

    /// <summary>Number of blocks.</summary>
    int Blocks { get; }

    /// <summary>Computes a block; called from many threads at once.</summary>
    /// <param name="block">Which, from 0.</param>
    /// <param name="elements">Receives it, row by row: rows times block columns numbers.</param>
    void Fill(int block, double[] elements);
}
