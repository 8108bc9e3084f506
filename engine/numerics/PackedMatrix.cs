using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>Lays a matrix out for <see cref="PackedProduct{TRegister, T}"/>.</summary>
internal static unsafe class PackedMatrix
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
    public static void Pack<T>(ReadOnlySpan<double> matrix, int rowStep, int columnStep, int depth, int columns, int lane, T* packed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (depth > 0 && columns > 0) _ = matrix[((depth - 1) * rowStep) + ((columns - 1) * columnStep)];
        fixed (double* start = matrix) Pack(start, rowStep, columnStep, depth, columns, lane, packed);
    }

    /// <inheritdoc cref="Pack{T}(ReadOnlySpan{double}, int, int, int, int, int, T*)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<TFrom, T>(TFrom* matrix, nint rowStep, nint columnStep, int depth, int columns, int lane, T* packed)
        where TFrom : unmanaged, IFloatingPointIeee754<TFrom>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int padded = Columns(columns, lane);
        for (int first = 0; first < padded; first += 2 * lane, matrix += 2 * lane * columnStep)
        {
            int width = Math.Min(2 * lane, padded - first), filled = Math.Min(width, columns - first);
            TFrom* row = matrix;
            for (int i = 0; i < depth; i++, row += rowStep)
            {
                TFrom* number = row;
                for (int j = 0; j < filled; j++, number += columnStep) packed[j] = T.CreateTruncating(*number);
                for (int j = filled; j < width; j++) packed[j] = T.Zero;
                packed += width;
            }
        }
    }
}
