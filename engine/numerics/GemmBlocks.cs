using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>
/// The managed matrix product: blocks of op(B) are packed into panels two registers wide that stay in the first-level
/// cache while the rows of op(A) pass by (Goto and van de Geijn, Anatomy of high-performance matrix multiplication,
/// 2008). op(A) is read where it lies: a broadcast takes any address. The order of every sum depends on the sizes alone.
/// </summary>
internal static unsafe class GemmBlocks<TRegister, T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The largest <see cref="Depth"/>.</summary>
    private const int MaxDepth = 256;

    /// <summary>Rows of op(A) that stay in the second-level cache while the panels pass by.</summary>
    private const int Rows = 96;

    /// <summary>Columns of op(B) that are packed at a time.</summary>
    private const int Columns = 1024;

    /// <summary>With so few rows a panel is read but once or twice, and packing it does not pay.</summary>
    private const int RowsUnpacked = 8;

    /// <summary>Terms of a sum that are taken in one go: a panel of this depth fills half to two thirds of a first-level cache of 32 KiB.</summary>
    private static int Depth => sizeof(TRegister) == 64 ? 192 : MaxDepth;

    /// <summary>Bytes that one call borrows: the panels of op(B), then some rows of op(A).</summary>
    public static nuint BufferBytes => (nuint)(MaxDepth * (Columns + GemmTiles.MaxRows) * sizeof(T));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        bool transA, bool transB, int m, int n, int k, T alpha, T* a, int lda, T* b, int ldb, T beta, T* c, int ldc, T* buffer)
    {
        if (k == 0 || alpha == T.Zero)
        {
            Scale(m, n, beta, c, ldc);
            return;
        }

        int depthBlocks = (k + Depth - 1) / Depth;
        int depth = (k + depthBlocks - 1) / depthBlocks;
        GemmOperand<T> left = new(a, transA ? 1 : lda, transA ? lda : 1);
        GemmOperand<T> right = new(b, transB ? 1 : ldb, transB ? ldb : 1);
        for (int k0 = 0; k0 < k; k0 += depth)
        {
            int kc = Math.Min(depth, k - k0);
            T factor = k0 == 0 ? beta : T.One;
            for (int n0 = 0; n0 < n; n0 += Columns)
            {
                int nc = Math.Min(Columns, n - n0);
                for (int m0 = 0; m0 < m; m0 += Rows)
                {
                    int mc = Math.Min(Rows, m - m0);
                    GemmOperand<T> rows = left.At(m0, k0);
                    if (mc < GemmTiles.Rows<TRegister>(mc)) rows = GemmPacking<TRegister, T>.FillUp(rows, mc, kc, buffer + MaxDepth * Columns);
                    Block(mc, nc, kc, alpha, rows, right.At(k0, n0), buffer, m, m0 == 0, factor, c + m0 * (nint)ldc + n0, ldc);
                }
            }
        }
    }

    // Each panel is packed just before its first use, and so comes from the first-level cache.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block(
        int m, int n, int k, T alpha, GemmOperand<T> a, GemmOperand<T> b, T* panels, int allRows, bool first, T beta, T* c, nint ldc)
    {
        int width = 2 * TRegister.Count;
        bool keep = allRows > Rows;
        for (int j = 0; j < n; j += width)
        {
            int columns = Math.Min(width, n - j);
            T* panel = keep ? panels + (nint)j * k : panels;
            nint step = width;
            if (columns == width && allRows <= RowsUnpacked && b.ColumnStep == 1)
            {
                panel = b.Data + j;
                step = b.RowStep;
            }
            else if (first) GemmPacking<TRegister, T>.PackPanel(b.At(0, j), k, columns, panel);
            for (int i = 0; i < m;)
            {
                int rows = GemmTiles.Rows<TRegister>(m - i);
                if (columns == width && rows <= m - i)
                    GemmTiles.Run<TRegister, T>(rows, k, a.At(i, 0), panel, step, alpha, beta, c + i * ldc + j, ldc);
                else
                    Edge(rows, i, m, columns, k, alpha, a, panel, step, beta, c + j, ldc);
                i += rows;
            }
        }
    }

    // A tile that reaches over the edge of C is made beside it. At the lower edge it is moved up, to begin with rows
    // that are done already, so that op(A) is not read beyond its end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void Edge(
        int rows, int i, int m, int columns, int k, T alpha, GemmOperand<T> a, T* panel, nint step, T beta, T* c, nint ldc)
    {
        int width = 2 * TRegister.Count;
        T* tile = stackalloc T[GemmTiles.MaxRows * width];
        int start = Math.Max(0, Math.Min(i, m - rows));
        GemmTiles.Run<TRegister, T>(rows, k, a.At(start, 0), panel, step, alpha, T.Zero, tile, width);
        int end = Math.Min(m, start + rows);
        for (; i < end; i++)
        {
            T* from = tile + (i - start) * width;
            T* to = c + i * ldc;
            if (beta == T.Zero)
            {
                for (int j = 0; j < columns; j++) to[j] = from[j];
            }
            else
            {
                for (int j = 0; j < columns; j++) to[j] = from[j] + beta * to[j];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(int m, int n, T beta, T* c, nint ldc)
    {
        for (int i = 0; i < m; i++)
        {
            T* row = c + i * ldc;
            for (int j = 0; j < n; j++) row[j] = beta == T.Zero ? T.Zero : beta * row[j];
        }
    }
}
