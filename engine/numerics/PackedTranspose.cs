using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fmm.Engine;

/// <summary>Packs a panel for <see cref="PackedProduct{TRegister, T}"/> from a matrix that lies transposed.</summary>
internal static unsafe class PackedTranspose
{
    /// <summary>Packs one panel, square by square: with one number at a time, products with few rows took up to twice as long.</summary>
    /// <param name="matrix">Element (i, j) is number i + j <paramref name="columnStep"/>.</param>
    /// <param name="columnStep">From one column to the next.</param>
    /// <param name="depth">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="width">Columns with zeros to whole registers.</param>
    /// <param name="panel">Receives depth x width numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<T>(T* matrix, nint columnStep, int depth, int columns, int width, T* panel)
        where T : unmanaged
    {
        int side = !Sse2.IsSupported ? 1 : 16 / sizeof(T), p = 0;
        if (columns < width) new Span<T>(panel, width * depth).Clear();
        for (; p <= depth - side; p += side, panel += side * width)
        {
            T* from = matrix + p;
            int j = 0;
            for (; side > 1 && j <= columns - side; j += side, from += side * columnStep)
            {
                if (sizeof(T) == sizeof(float)) Square((float*)from, columnStep, (float*)(panel + j), width);
                else Square((double*)from, columnStep, (double*)(panel + j), width);
            }
            for (; j < columns; j++, from += columnStep) for (int q = 0; q < side; q++) panel[(q * width) + j] = from[q];
        }
        for (; p < depth; p++, panel += width) for (int j = 0; j < columns; j++) panel[j] = matrix[(j * columnStep) + p];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square(float* from, nint fromStep, float* to, nint toStep)
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
    private static void Square(double* from, nint fromStep, double* to, nint toStep)
    {
        Vector128<double> a = Vector128.Load(from), b = Vector128.Load(from + fromStep);
        Vector128.Store(Sse2.UnpackLow(a, b), to);
        Vector128.Store(Sse2.UnpackHigh(a, b), to + toStep);
    }
}
