using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>
/// The managed matrix product: panels of op(B) are packed one after the other, and all rows of A pass by each while it
/// stays in the first-level cache (Goto and van de Geijn, Anatomy of high-performance matrix multiplication, 2008). The
/// order of every sum depends on the sizes alone.
/// </summary>
internal static unsafe class PackedGemm<TRegister, T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Rows of A that stay in the second-level cache while the panels pass by: whole tiles.</summary>
    private const int MostRows = 384;

    /// <summary>Terms of a sum that are taken in one go: a panel of this depth fills half to two thirds of a first-level cache of 32 KiB.</summary>
    private static int MostDepth => sizeof(TRegister) == 64 ? 192 : 256;

    private static int Width => 2 * TRegister.Count;

    private static int Tile => PackedProduct<TRegister, T>.TileRows;

    /// <summary>C = A op(B), as in <see cref="ILinearAlgebra.Gemm"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Run(bool transB, int m, int n, int k, T* a, int lda, T* b, int ldb, T* c, int ldc)
    {
        for (int i = 0; k == 0 && i < m; i++) new Span<T>(c + (i * (nint)ldc), n).Clear();
        nint rowStep = transB ? 1 : ldb, columnStep = transB ? ldb : 1;
        nint* aRows = stackalloc nint[2 * MostRows];
        nint* cRows = aRows + MostRows;
        byte* memory = stackalloc byte[((MostDepth + Tile) * Width * sizeof(T)) + 64];
        T* panel = (T*)((nuint)(memory + 63) & ~(nuint)63);
        int parts = (k + MostDepth - 1) / MostDepth;
        for (int part = 0, k0 = 0; part < parts; part++)
        {
            int depth = (k - k0) / (parts - part);
            for (int m0 = 0; m0 < m; m0 += MostRows)
            {
                int rows = Math.Min(MostRows, m - m0);
                Places(rows, lda, ldc, aRows, cRows);
                for (int j = 0; j < n; j += Width)
                {
                    int columns = Math.Min(Width, n - j);
                    Pack(b + (k0 * rowStep) + (j * columnStep), rowStep, columnStep, depth, columns, panel);
                    Panel(rows, depth, a + (m0 * (nint)lda) + k0, aRows, panel, columns, c + (m0 * (nint)ldc) + j, cRows, k0 > 0);
                }
            }
            k0 += depth;
        }
    }

    // What fills up the last tile of A is its last row once more.
    private static void Places(int rows, nint lda, nint ldc, nint* aRows, nint* cRows)
    {
        for (int i = 0; i < rows; i++) (aRows[i], cRows[i]) = (i * lda, i * ldc);
        for (int i = rows; i % Tile != 0; i++) aRows[i] = aRows[rows - 1];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(T* b, nint rowStep, nint columnStep, int depth, int columns, T* panel)
    {
        if (columnStep != 1)
        {
            PackedTranspose.Pack(b, columnStep, depth, columns, PackedMatrix.Columns(columns, TRegister.Count), panel);
            return;
        }
        if (columns < Width)
        {
            PackedMatrix.Pack(b, rowStep, columnStep, depth, columns, TRegister.Count, panel);
            return;
        }
        for (int i = 0; i < depth; i++, b += rowStep, panel += Width)
        {
            TRegister.Store(TRegister.Load(b), panel);
            TRegister.Store(TRegister.Load(b + TRegister.Count), panel + TRegister.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Panel(int rows, int depth, T* a, nint* aRows, T* panel, int columns, T* c, nint* cRows, bool add)
    {
        int padded = PackedMatrix.Columns(columns, TRegister.Count);
        T* spare = panel + (MostDepth * Width);
        if (columns == padded)
        {
            // Rows that fill up the last tile share one that nobody reads.
            for (int i = rows; i % Tile != 0; i++) cRows[i] = (nint)(spare - c);
            Tiles(rows, depth, a, aRows, panel, padded, c, cRows, add);
            return;
        }

        // Registers that reach over the last column of C go beside it first.
        nint* places = stackalloc nint[12];
        for (int i = 0; i < Tile; i++) places[i] = i * (nint)Width;
        for (int done = 0; done < rows; done += Tile)
        {
            int count = Math.Min(Tile, rows - done);
            Tiles(count, depth, a, aRows + done, panel, padded, spare, places, add: false);
            for (int i = 0; i < count; i++) Put(spare + places[i], columns, c + cRows[done + i], add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles(int rows, int depth, T* a, nint* aRows, T* panel, int columns, T* c, nint* cRows, bool add)
    {
        for (int done = 0; done < rows; done += Tile)
        {
            if (rows - done > 6) PackedProduct<TRegister, T>.Tile(depth, a, aRows + done, panel, columns, c, cRows + done, add, panel);
            else PackedProduct<TRegister, T>.Six(depth, a, aRows + done, panel, columns, c, cRows + done, add, panel);
        }
    }

    // The second of two registers ends with the last column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(T* from, int columns, T* to, bool add)
    {
        if (columns > TRegister.Count)
        {
            int last = columns - TRegister.Count;
            TRegister left = TRegister.Load(from), right = TRegister.Load(from + last);
            if (add) (left, right) = (left + TRegister.Load(to), right + TRegister.Load(to + last));
            TRegister.Store(left, to);
            TRegister.Store(right, to + last);
            return;
        }
        for (int j = 0; j < columns; j++) to[j] = add ? to[j] + from[j] : from[j];
    }
}
