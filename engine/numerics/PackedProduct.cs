using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>
/// Products with a right-hand matrix that is packed once and used often: rows of A, wherever they lie, times B give or add to
/// rows of C, wherever they lie. A sum runs over the depth in order, so that a row's result does not depend on the rows beside it.
/// </summary>
/// <remarks>
/// Measured for 48 to 384 rows by 24 to 424 in double precision, on a core that does 124 GFLOP/s: 109 to 116, where the managed
/// product, which packs B at each call, does 77 to 118 and OpenBLAS 0.3.21 with its Haswell kernels 49 to 56; in single
/// precision 153 to 224 against 71 to 183 and 98 to 113. A packed matrix is panels two registers wide, row after row, the
/// last of one register if that is enough.
/// </remarks>
/// <typeparam name="TRegister">Registers.</typeparam>
/// <typeparam name="T">Working precision.</typeparam>
internal static unsafe class PackedProduct<TRegister, T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // So much of A may pass by a panel of B again and again; larger ones are taken tile by tile, and B passes by them.
    private const int ResidentBytes = 256 << 10;

    /// <summary>Rows that are taken at once: lists of rows come in whole tiles.</summary>
    public static int TileRows => sizeof(TRegister) == 64 ? 12 : 6;

    /// <summary>Makes or adds to rows of C.</summary>
    /// <param name="tiles">Number of tiles of <see cref="TileRows"/> rows.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="a">Where the rows of A are counted from.</param>
    /// <param name="aRows">Offset of each row of A.</param>
    /// <param name="packed">B, packed by <see cref="PackedMatrix"/> for this lane.</param>
    /// <param name="columns">Columns of B, a multiple of the lane.</param>
    /// <param name="c">Where the rows of C are counted from.</param>
    /// <param name="cRows">Offset of each row of C; rows that fill up a tile may share one that nobody reads.</param>
    /// <param name="add">Whether C is added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int tiles, int depth, T* a, nint* aRows, T* packed, int columns, T* c, nint* cRows, bool add)
    {
        if ((long)tiles * TileRows * depth * sizeof(T) <= ResidentBytes)
        {
            for (int j = 0; j < columns; j += 2 * TRegister.Count)
            {
                // Each tile fetches a piece of the next panel, one cache line a row of this one.
                T* panel = packed + ((nint)j * depth);
                byte* ahead = (byte*)(panel + (2 * TRegister.Count * (nint)depth));
                for (int i = 0; i < tiles; i++, ahead += 64 * (nint)depth)
                    Tile(depth, a, aRows + (i * TileRows), panel, columns - j, c + j, cRows + (i * TileRows), add, (T*)ahead);
            }
        }
        else
        {
            for (int i = 0; i < tiles; i++)
            {
                for (int j = 0; j < columns; j += 2 * TRegister.Count)
                {
                    T* panel = packed + ((nint)j * depth);
                    Tile(depth, a, aRows + (i * TileRows), panel, columns - j, c + j, cRows + (i * TileRows), add, panel);
                }
            }
        }
    }

    /// <summary>Makes or adds to one tile of rows of C, by one panel.</summary>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="a">Where the rows of A are counted from.</param>
    /// <param name="aRows">Offset of each row of A.</param>
    /// <param name="panel">Up to two registers of B's columns, packed.</param>
    /// <param name="columns">How many are left from there on, a multiple of the lane.</param>
    /// <param name="c">Where the rows of C are counted from.</param>
    /// <param name="cRows">Offset of each row of C.</param>
    /// <param name="add">Whether C is added to.</param>
    /// <param name="ahead">What is fetched to the cache meanwhile, a line for each row of B.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tile(int depth, T* a, nint* aRows, T* panel, int columns, T* c, nint* cRows, bool add, T* ahead)
    {
        if (sizeof(TRegister) == 64)
        {
            if (columns > TRegister.Count) PackedTile12<TRegister, T>.Wide(depth, a, aRows, panel, c, cRows, add, ahead);
            else PackedTile12<TRegister, T>.Narrow(depth, a, aRows, panel, c, cRows, add, ahead);
        }
        else
        {
            Six(depth, a, aRows, panel, columns, c, cRows, add, ahead);
        }
    }

    /// <summary>Makes or adds to six rows of C, whatever the width of a register.</summary>
    /// <inheritdoc cref="Tile"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Six(int depth, T* a, nint* aRows, T* panel, int columns, T* c, nint* cRows, bool add, T* ahead)
    {
        if (columns > TRegister.Count) PackedTile6<TRegister, T>.Wide(depth, a, aRows, panel, c, cRows, add, ahead);
        else PackedTile6<TRegister, T>.Narrow(depth, a, aRows, panel, c, cRows, add, ahead);
    }
}
