using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>Lays a matrix out for <see cref="PackedProduct{TRegister, T}"/>.</summary>
public static unsafe class PackedMatrix
{
    /// <summary>Columns with zeros to whole registers.</summary>
    /// <param name="columns">Columns.</param>
    /// <param name="lane">Numbers of a register.</param>
    public static int Columns(int columns, int lane) => (columns + lane - 1) / lane * lane;

    /// <summary>Numbers of the packed matrix.</summary>
    /// <param name="depth">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="lane">Numbers of a register.</param>
    public static long Length(int depth, int columns, int lane) => (long)depth * Columns(columns, lane);

    /// <summary>Rounds and packs a matrix.</summary>
    /// <param name="matrix">Element (i, j) is number i <paramref name="rowStep"/> + j <paramref name="columnStep"/>.</param>
    /// <param name="rowStep">From one row to the next.</param>
    /// <param name="columnStep">From one column to the next.</param>
    /// <param name="depth">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="lane">Numbers of a register.</param>
    /// <param name="packed">Receives <see cref="Length"/> numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<T>(ReadOnlySpan<double> matrix, int rowStep, int columnStep, int depth, int columns, int lane, T* packed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int padded = Columns(columns, lane);
        for (int first = 0; first < padded; first += 2 * lane)
        {
            int width = Math.Min(2 * lane, padded - first);
            for (int i = 0; i < depth; i++)
            {
                for (int j = first; j < first + width; j++)
                    *packed++ = j < columns ? T.CreateTruncating(matrix[(i * rowStep) + (j * columnStep)]) : T.Zero;
            }
        }
    }
}
