using System.Numerics;

namespace Fmm.Systems;

/// <summary>Short loops over a column of coordinates.</summary>
internal static unsafe class ColumnLoops
{
    /// <summary>target = source + shift.</summary>
    public static void Shift<T>(T* source, T* target, int count, T shift)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        Vector<T> wide = new(shift);
        for (; i + Vector<T>.Count <= count; i += Vector<T>.Count) (Vector.Load(source + i) + wide).Store(target + i);
        for (; i < count; i++) target[i] = source[i] + shift;
    }

    /// <summary>target = scale source + shift; the scale is a power of two.</summary>
    public static void Move<T>(T* source, T* target, int count, T scale, T shift)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        Vector<T> wide = new(shift);
        for (; i + Vector<T>.Count <= count; i += Vector<T>.Count) ((Vector.Load(source + i) * scale) + wide).Store(target + i);
        for (; i < count; i++) target[i] = (source[i] * scale) + shift;
    }
}
