using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>Lays op(B) out for the tiles: panels two registers wide, each row of a panel after the other.</summary>
internal static unsafe class GemmPacking<TLane, T>
    where TLane : unmanaged, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Packs k rows of n columns; the last panel is filled up with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackPanels(bool trans, T* b, nint ldb, int k, int n, T* panels)
    {
        int width = 2 * TLane.Count;
        for (int j = 0; j < n; j += width)
        {
            T* panel = panels + (nint)j * k;
            int columns = Math.Min(width, n - j);
            if (trans) PackTransposed(b + j * ldb, ldb, k, columns, width, panel);
            else if (columns == width) PackWhole(b + j, ldb, k, panel);
            else PackPart(b + j, ldb, k, columns, width, panel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackWhole(T* b, nint ldb, int k, T* panel)
    {
        for (int p = 0; p < k; p++)
        {
            TLane.Store(TLane.Load(b), panel);
            TLane.Store(TLane.Load(b + TLane.Count), panel + TLane.Count);
            b += ldb;
            panel += 2 * TLane.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackPart(T* b, nint ldb, int k, int columns, int width, T* panel)
    {
        for (int p = 0; p < k; p++)
        {
            for (int j = 0; j < columns; j++) panel[j] = b[j];
            for (int j = columns; j < width; j++) panel[j] = T.Zero;
            b += ldb;
            panel += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackTransposed(T* b, nint ldb, int k, int columns, int width, T* panel)
    {
        for (int p = 0; p < k; p++)
        {
            for (int j = 0; j < columns; j++) panel[j] = b[j * ldb + p];
            for (int j = columns; j < width; j++) panel[j] = T.Zero;
            panel += width;
        }
    }
}
