using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>
/// The managed matrix product: blocks of op(B) are packed into panels two registers wide that stay in the first-level
/// cache while the rows of op(A) pass by (Goto and van de Geijn, Anatomy of high-performance matrix multiplication,
/// 2008). The order of every sum depends on the sizes alone.
/// </summary>
internal static unsafe class GemmBlocks<TLane, T>
    where TLane : unmanaged, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Terms of a sum that are taken in one go: a panel of this depth fills half of a 32 KiB cache at 256 bits.</summary>
    private const int Depth = 256;

    /// <summary>Rows of op(A) that stay in the second-level cache while the panels pass by.</summary>
    private const int Rows = 96;

    /// <summary>Columns of op(B) that are packed at a time.</summary>
    private const int Columns = 1024;

    /// <summary>Bytes that one call borrows: the panels of op(B), then the rows of op(A) where those are packed.</summary>
    public static nuint BufferBytes => (nuint)((Depth * (Columns + Rows) + PanelWidth) * sizeof(T));

    private static int PanelWidth => 2 * TLane.Count;

    // 24 running sums need the 32 registers that come with 512 bits.
    private static bool IsTall => sizeof(TLane) == 64;

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
        nint rowStep = transA ? 1 : lda;
        nint depthStep = transA ? lda : 1;
        for (int k0 = 0; k0 < k; k0 += depth)
        {
            int kc = Math.Min(depth, k - k0);
            T factor = k0 == 0 ? beta : T.One;
            for (int n0 = 0; n0 < n; n0 += Columns)
            {
                int nc = Math.Min(Columns, n - n0);
                GemmPacking<TLane, T>.PackPanels(transB, b + (transB ? n0 * (nint)ldb + k0 : k0 * (nint)ldb + n0), ldb, kc, nc, buffer);
                for (int m0 = 0; m0 < m; m0 += Rows)
                {
                    int mc = Math.Min(Rows, m - m0);
                    T* block = a + m0 * rowStep + k0 * depthStep;
                    Block(mc, nc, kc, alpha, block, rowStep, depthStep, buffer, factor, c + m0 * (nint)ldc + n0, ldc);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block(
        int m, int n, int k, T alpha, T* a, nint rowStep, nint depthStep, T* panels, T beta, T* c, nint ldc)
    {
        int width = PanelWidth;
        for (int j = 0; j < n; j += width)
        {
            T* panel = panels + (nint)j * k;
            bool whole = n - j >= width;
            int i = 0;
            if (IsTall)
            {
                for (; whole && m - i >= GemmTile12<TLane, T>.Rows; i += GemmTile12<TLane, T>.Rows)
                    GemmTile12<TLane, T>.Run(k, a + i * rowStep, rowStep, depthStep, panel, width, alpha, beta, c + i * ldc + j, ldc);
            }

            for (; whole && m - i >= GemmTile6<TLane, T>.Rows; i += GemmTile6<TLane, T>.Rows)
                GemmTile6<TLane, T>.Run(k, a + i * rowStep, rowStep, depthStep, panel, width, alpha, beta, c + i * ldc + j, ldc);
            for (; i < m; i += GemmTile6<TLane, T>.Rows)
                Edge(Math.Min(GemmTile6<TLane, T>.Rows, m - i), Math.Min(width, n - j), k, alpha, a + i * rowStep, rowStep, depthStep, panel, beta, c + i * ldc + j, ldc);
        }
    }

    // A tile that reaches over the edge of C is made beside it. Rows that do not exist repeat the last one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Edge(
        int rows, int columns, int k, T alpha, T* a, nint rowStep, nint depthStep, T* panel, T beta, T* c, nint ldc)
    {
        int width = PanelWidth;
        T* tile = stackalloc T[GemmTile6<TLane, T>.Rows * width];
        T* source = a;
        T* copy = stackalloc T[rows < GemmTile6<TLane, T>.Rows ? GemmTile6<TLane, T>.Rows * k : 0];
        if (rows < GemmTile6<TLane, T>.Rows)
        {
            for (int p = 0; p < k; p++)
            {
                for (int i = 0; i < GemmTile6<TLane, T>.Rows; i++)
                    copy[p * GemmTile6<TLane, T>.Rows + i] = i < rows ? a[i * rowStep + p * depthStep] : T.Zero;
            }

            source = copy;
            rowStep = 1;
            depthStep = GemmTile6<TLane, T>.Rows;
        }

        GemmTile6<TLane, T>.Run(k, source, rowStep, depthStep, panel, width, alpha, T.Zero, tile, width);
        for (int i = 0; i < rows; i++)
        {
            T* from = tile + i * width;
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
