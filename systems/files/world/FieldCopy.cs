using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Files;

/// <summary>Copies a field of many values of a component between memory, where it stands among others, and numbers for a file.</summary>
internal static unsafe class FieldCopy
{
    /// <summary>Memory to numbers.</summary>
    /// <param name="kind">What the field is.</param>
    /// <param name="memory">The field of the first value.</param>
    /// <param name="bytes">Bytes from a value to the next.</param>
    /// <param name="file">The field's first number.</param>
    /// <param name="width">Numbers from a value to the next.</param>
    /// <param name="count">Values.</param>
    /// <param name="names">How names are written.</param>
    public static void Write<T>(FieldKind kind, byte* memory, int bytes, T* file, int width, int count, EntityNames names)
        where T : unmanaged, INumberBase<T>
    {
        if (kind == FieldKind.Name)
        {
            for (int i = 0; i < count; i++) names.Write(*(Entity*)(memory + ((long)i * bytes)), new Span<int>((int*)file + ((long)i * width), ComponentField.NumbersOfAName));
            return;
        }
        Each(kind, memory, bytes, file, width, count, toFile: true);
    }

    /// <summary>Numbers to memory; parameters as those of <see cref="Write"/>.</summary>
    public static void Read<T>(FieldKind kind, byte* memory, int bytes, T* file, int width, int count, EntityNames names)
        where T : unmanaged, INumberBase<T>
    {
        if (kind == FieldKind.Name)
        {
            for (int i = 0; i < count; i++) *(Entity*)(memory + ((long)i * bytes)) = names.Read(new ReadOnlySpan<int>((int*)file + ((long)i * width), ComponentField.NumbersOfAName));
            return;
        }
        Each(kind, memory, bytes, file, width, count, toFile: false);
    }

    private static void Each<T>(FieldKind kind, byte* memory, int bytes, T* file, int width, int count, bool toFile)
        where T : unmanaged, INumberBase<T>
    {
        switch (kind)
        {
            case FieldKind.Double: Each<double, T>(memory, bytes, file, width, count, toFile); break;
            case FieldKind.Single: Each<float, T>(memory, bytes, file, width, count, toFile); break;
            case FieldKind.Int64: Each<long, T>(memory, bytes, file, width, count, toFile); break;
            case FieldKind.UInt64: Each<ulong, T>(memory, bytes, file, width, count, toFile); break;
            case FieldKind.Int32: Each<int, T>(memory, bytes, file, width, count, toFile); break;
            case FieldKind.UInt32: Each<uint, T>(memory, bytes, file, width, count, toFile); break;
            case FieldKind.Int16: Each<short, T>(memory, bytes, file, width, count, toFile); break;
            case FieldKind.UInt16: Each<ushort, T>(memory, bytes, file, width, count, toFile); break;
            case FieldKind.SByte: Each<sbyte, T>(memory, bytes, file, width, count, toFile); break;
            default: Each<byte, T>(memory, bytes, file, width, count, toFile); break;
        }
    }

    private static void Each<TField, T>(byte* memory, int bytes, T* file, int width, int count, bool toFile)
        where TField : unmanaged, INumberBase<TField>
        where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < count; i++, memory += bytes, file += width)
        {
            if (toFile) *file = As<TField, T>(Unsafe.ReadUnaligned<TField>(memory));
            else Unsafe.WriteUnaligned(memory, As<T, TField>(*file));
        }
    }

    // Bits where both are as wide and the values of the others fit; 64 bits without a sign wrap.
    private static TTo As<TFrom, TTo>(TFrom value)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo> =>
        sizeof(TFrom) == sizeof(TTo) ? Unsafe.BitCast<TFrom, TTo>(value) : TTo.CreateTruncating(value);
}
