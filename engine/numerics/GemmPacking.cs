using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fmm.Engine;

/// <summary>Lays op(B) out for the tiles: panels two registers wide, each row of a panel after the other.</summary>
internal static unsafe class GemmPacking<TRegister, T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static int Width => 2 * TRegister.Count;

    /// <summary>Packs k rows of up to a panel's width of columns; the rest of the panel is zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackPanel(GemmOperand<T> b, int k, int columns, T* panel)
    {
        if (b.ColumnStep != 1) PackTransposed(b, k, columns, panel);
        else if (columns == Width) PackWhole(b, k, panel);
        else PackPart(b, k, columns, panel);
    }

    /// <summary>Copies a few rows of op(A), as columns, and fills them up to a tile with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static GemmOperand<T> FillUp(GemmOperand<T> a, int m, int k, T* copy)
    {
        int rows = GemmTiles.Rows<TRegister>(m);
        new Span<T>(copy, rows * k).Clear();
        for (int i = 0; i < m; i++)
        {
            T* row = a.Data + i * a.RowStep;
            for (int p = 0; p < k; p++) copy[p * rows + i] = row[p * a.ColumnStep];
        }

        return new(copy, 1, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackWhole(GemmOperand<T> b, int k, T* panel)
    {
        T* row = b.Data;
        for (int p = 0; p < k; p++)
        {
            TRegister.Store(TRegister.Load(row), panel);
            TRegister.Store(TRegister.Load(row + TRegister.Count), panel + TRegister.Count);
            row += b.RowStep;
            panel += 2 * TRegister.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackPart(GemmOperand<T> b, int k, int columns, T* panel)
    {
        T* row = b.Data;
        for (int p = 0; p < k; p++)
        {
            for (int j = 0; j < columns; j++) panel[j] = row[j];
            for (int j = columns; j < Width; j++) panel[j] = T.Zero;
            row += b.RowStep;
            panel += Width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackTransposed(GemmOperand<T> b, int k, int columns, T* panel)
    {
        int square = !Sse2.IsSupported ? k + 1 : typeof(T) == typeof(float) ? 4 : 2;
        int width = Width, whole = columns - columns % square;
        if (columns < width) new Span<T>(panel, width * k).Clear();
        int p = 0;
        for (; p <= k - square; p += square)
        {
            T* to = panel + p * width;
            T* from = b.Data + p;
            for (int j = 0; j < whole; j += square)
            {
                if (typeof(T) == typeof(float)) Transpose4((float*)(from + j * b.ColumnStep), b.ColumnStep, (float*)(to + j), width);
                else Transpose2((double*)(from + j * b.ColumnStep), b.ColumnStep, (double*)(to + j), width);
            }

            for (int j = whole; j < columns; j++) for (int q = 0; q < square; q++) to[q * width + j] = from[j * b.ColumnStep + q];
        }

        for (; p < k; p++) for (int j = 0; j < columns; j++) panel[p * width + j] = b.Data[j * b.ColumnStep + p];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(float* from, nint fromStep, float* to, nint toStep)
    {
        Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + fromStep);
        Vector128<float> c = Vector128.Load(from + 2 * fromStep), d = Vector128.Load(from + 3 * fromStep);
        Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d);
        Vector128<float> abHigh = Sse.UnpackHigh(a, b), cdHigh = Sse.UnpackHigh(c, d);
        Vector128.Store(Sse.MoveLowToHigh(ab, cd), to);
        Vector128.Store(Sse.MoveHighToLow(cd, ab), to + toStep);
        Vector128.Store(Sse.MoveLowToHigh(abHigh, cdHigh), to + 2 * toStep);
        Vector128.Store(Sse.MoveHighToLow(cdHigh, abHigh), to + 3 * toStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose2(double* from, nint fromStep, double* to, nint toStep)
    {
        Vector128<double> a = Vector128.Load(from), b = Vector128.Load(from + fromStep);
        Vector128.Store(Sse2.UnpackLow(a, b), to);
        Vector128.Store(Sse2.UnpackHigh(a, b), to + toStep);
    }
}
