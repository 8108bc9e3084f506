using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Files;

/// <summary>Copies elements of a file to elements in memory, each by its value: a number that the other type lacks is refused, never cut.</summary>
internal static unsafe class ElementCopy
{
    /// <summary>Bytes of an element in the file.</summary>
    public static int Size(ElementKind kind) => kind switch
    {
        ElementKind.Int8 or ElementKind.UInt8 => 1,
        ElementKind.Int16 or ElementKind.UInt16 => 2,
        ElementKind.Int32 or ElementKind.UInt32 or ElementKind.Single => 4,
        ElementKind.Int64 or ElementKind.UInt64 or ElementKind.Double or ElementKind.ComplexSingle => 8,
        ElementKind.ComplexDouble => 16,
        _ => 0,
    };

    /// <summary>True where elements in memory have the very bytes of those in the file.</summary>
    public static bool IsSame<T>(ElementKind kind) => kind switch
    {
        ElementKind.Int32 => typeof(T) == typeof(int),
        ElementKind.Int64 => typeof(T) == typeof(long),
        ElementKind.Single => typeof(T) == typeof(float),
        ElementKind.Double => typeof(T) == typeof(double),
        ElementKind.ComplexDouble => typeof(T) == typeof(Complex),
        _ => false,
    };

    /// <summary>Copies runs of elements.</summary>
    /// <param name="kind">What lies in the file.</param>
    /// <param name="from">The first run's bytes.</param>
    /// <param name="fromStride">Elements from a run to the next.</param>
    /// <param name="to">Where the first run goes.</param>
    /// <param name="toStride">Elements from a run to the next.</param>
    /// <param name="runs">Number of runs.</param>
    /// <param name="length">Elements of a run.</param>
    /// <exception cref="OverflowException">A value does not fit.</exception>
    /// <exception cref="InvalidCastException">The types have nothing in common, or this is none of the types that can be read.</exception>
    public static void Copy<T>(ElementKind kind, byte* from, long fromStride, T* to, long toStride, long runs, long length)
        where T : unmanaged
    {
        if (IsSame<T>(kind) && length > 4)
        {
            for (long run = 0; run < runs; run++)
                Buffer.MemoryCopy((T*)from + (run * fromStride), to + (run * toStride), length * sizeof(T), length * sizeof(T));

            return;
        }

        if (typeof(T) == typeof(double)) Of(kind, from, fromStride, (double*)to, toStride, runs, length);
        else if (typeof(T) == typeof(float)) Of(kind, from, fromStride, (float*)to, toStride, runs, length);
        else if (typeof(T) == typeof(int)) Of(kind, from, fromStride, (int*)to, toStride, runs, length);
        else if (typeof(T) == typeof(long)) Of(kind, from, fromStride, (long*)to, toStride, runs, length);
        else if (typeof(T) == typeof(Complex)) Complexes(kind, from, fromStride, (Complex*)to, toStride, runs, length);
        else throw new InvalidCastException($"elements of {typeof(T).Name} can't be read; take float, double, int, long or Complex");
    }

    private static void Of<T>(ElementKind kind, byte* from, long fromStride, T* to, long toStride, long runs, long length)
        where T : unmanaged, INumberBase<T>
    {
        switch (kind)
        {
            case ElementKind.Int8: Each((sbyte*)from, fromStride, to, toStride, runs, length); break;
            case ElementKind.UInt8: Each(from, fromStride, to, toStride, runs, length); break;
            case ElementKind.Int16: Each((short*)from, fromStride, to, toStride, runs, length); break;
            case ElementKind.UInt16: Each((ushort*)from, fromStride, to, toStride, runs, length); break;
            case ElementKind.Int32: Each((int*)from, fromStride, to, toStride, runs, length); break;
            case ElementKind.UInt32: Each((uint*)from, fromStride, to, toStride, runs, length); break;
            case ElementKind.Int64: Each((long*)from, fromStride, to, toStride, runs, length); break;
            case ElementKind.UInt64: Each((ulong*)from, fromStride, to, toStride, runs, length); break;
            case ElementKind.Single: Each((float*)from, fromStride, to, toStride, runs, length); break;
            case ElementKind.Double: Each((double*)from, fromStride, to, toStride, runs, length); break;
            default: throw new InvalidCastException("complex numbers are not real ones");
        }
    }

    private static void Complexes(ElementKind kind, byte* from, long fromStride, Complex* to, long toStride, long runs, long length)
    {
        if (kind is not ElementKind.ComplexSingle and not ElementKind.ComplexDouble)
        {
            Of(kind, from, fromStride, to, toStride, runs, length);
            return;
        }

        for (long run = 0; run < runs; run++)
        {
            for (long i = 0; i < length; i++)
            {
                long at = (run * fromStride) + i;
                to[(run * toStride) + i] = kind == ElementKind.ComplexDouble ? ((Complex*)from)[at] : new Complex(((float*)from)[2 * at], ((float*)from)[(2 * at) + 1]);
            }
        }
    }

    private static void Each<TFrom, T>(TFrom* from, long fromStride, T* to, long toStride, long runs, long length)
        where TFrom : unmanaged, INumberBase<TFrom>
        where T : unmanaged, INumberBase<T>
    {
        for (long run = 0; run < runs; run++, from += fromStride, to += toStride)
            for (long i = 0; i < length; i++) to[i] = One<TFrom, T>(from[i]);
    }

    // Widths are known when this is compiled, so that only the branches of a pair of types remain.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T One<TFrom, T>(TFrom value)
        where TFrom : unmanaged, INumberBase<TFrom>
        where T : unmanaged, INumberBase<T>
    {
        if (typeof(TFrom) == typeof(T)) return Unsafe.BitCast<TFrom, T>(value);
        T result = T.CreateChecked(value);
        bool fromReal = typeof(TFrom) == typeof(float) || typeof(TFrom) == typeof(double);
        if (fromReal && (typeof(T) == typeof(int) || typeof(T) == typeof(long)) && TFrom.CreateChecked(result) != value)
            throw new OverflowException($"{value} is not a whole number");
        if (typeof(TFrom) == typeof(double) && typeof(T) == typeof(float) && T.IsInfinity(result) && !TFrom.IsInfinity(value))
            throw new OverflowException($"{value} is too large for single precision");
        return result;
    }
}
