using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Rows times a block of an operator, wherever the rows lie.</summary>
internal static unsafe class OperatorProduct<TRegister, T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    /// <summary>Rows up to whole tiles.</summary>
    public static int Padded(int rows) => (rows + PackedProduct<TRegister, T>.TileRows - 1) / PackedProduct<TRegister, T>.TileRows * PackedProduct<TRegister, T>.TileRows;

    /// <summary>Row i of C is, or is added, row i of A times the block.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="a">First row of A.</param>
    /// <param name="aStride">From one row of A to the next.</param>
    /// <param name="blocks">The operator.</param>
    /// <param name="block">Which block.</param>
    /// <param name="c">First row of C; the rows that fill up a tile are written too.</param>
    /// <param name="cStride">From one row of C to the next, whole registers.</param>
    /// <param name="places">Room for twice the padded rows.</param>
    /// <param name="add">Whether C is added to.</param>
    public static void Run(int rows, T* a, nint aStride, PackedBlocks<T> blocks, int block, T* c, nint cStride, nint* places, bool add = false)
    {
        int padded = Padded(rows);
        for (int i = 0; i < padded; i++)
        {
            places[i] = Math.Min(i, rows - 1) * aStride;
            places[padded + i] = i * cStride;
        }
        PackedProduct<TRegister, T>.Run(
            padded / PackedProduct<TRegister, T>.TileRows, blocks.Depth(block), a, places, blocks.Matrix(block), blocks.Columns(block), c, places + padded, add);
    }
}
