using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>A component of bodies that is one number, or three, in either precision.</summary>
internal abstract unsafe class BodyColumn
{
    private BodyColumn(ComponentType type, bool isSingle)
    {
        Type = type;
        IsSingle = isSingle;
    }

    /// <summary>The component.</summary>
    public ComponentType Type { get; }

    /// <summary>Whether its numbers are in single precision.</summary>
    public bool IsSingle { get; }

    /// <summary>The column of a component.</summary>
    /// <param name="numbers">How many numbers it is to have.</param>
    /// <exception cref="ArgumentException">It has others.</exception>
    public static BodyColumn Of<T>(int numbers)
        where T : unmanaged
    {
        if (One<T>.Numbers == numbers) return One<T>.Column;
        string need = numbers == 1 ? "one double or float" : $"{numbers} doubles or {numbers} floats";
        throw new ArgumentException($"{ComponentType.Of<T>()} of {sizeof(T)} bytes does not hold {need}, and nothing else: name a struct that does.");
    }

    /// <summary>The first number of rows, to read.</summary>
    public abstract void* Read(Chunk rows);

    /// <summary>The first number of rows, to write.</summary>
    public abstract void* Write(Chunk rows);

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "What was trimmed is taken for numbers: the size is checked beside it.")]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The same.")]
    private static bool Holds(Type type, Type number)
    {
        if (type == number) return true;
        if (type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsFunctionPointer) return false;
        return type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).All(field => Holds(field.FieldType, number));
    }

    private sealed class One<T>(bool isSingle) : BodyColumn(ComponentType.Of<T>(), isSingle)
        where T : unmanaged
    {
        public static readonly One<T> Column = new(Holds(typeof(T), typeof(float)));

        public static readonly int Numbers =
            Column.IsSingle ? sizeof(T) / sizeof(float) : Holds(typeof(T), typeof(double)) ? sizeof(T) / sizeof(double) : 0;

        public override void* Read(Chunk rows) => rows.ReadPointer<T>();

        public override void* Write(Chunk rows) => rows.WritePointer<T>();
    }
}
