using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>A component of the host's entities, as so many numbers a row, all of them doubles or all floats.</summary>
internal abstract unsafe class EntityColumn
{
    private EntityColumn(ComponentType type, Type? scalar)
    {
        Type = type;
        IsSingle = scalar == typeof(float);
        Numbers = scalar is null ? 0 : type.ByteSize / (IsSingle ? sizeof(float) : sizeof(double));
    }

    /// <summary>The component.</summary>
    public ComponentType Type { get; }

    /// <summary>Whether its numbers are floats.</summary>
    public bool IsSingle { get; }

    /// <summary>Numbers a row; 0 where it is not of doubles or floats alone.</summary>
    public int Numbers { get; }

    /// <summary>Bytes a number.</summary>
    public int Bytes => IsSingle ? sizeof(float) : sizeof(double);

    /// <summary>The column of a component.</summary>
    public static EntityColumn Of<T>()
        where T : unmanaged => One<T>.Column;

    /// <summary>The column of a component that must hold so many numbers.</summary>
    /// <typeparam name="T">The component.</typeparam>
    /// <param name="numbers">Numbers a row.</param>
    /// <exception cref="ArgumentException">It is anything else.</exception>
    public static EntityColumn Of<T>(int numbers)
        where T : unmanaged
    {
        EntityColumn column = Of<T>();
        if (column.Numbers == numbers) return column;
        string need = numbers == 1 ? "one double or float" : $"{numbers} doubles or {numbers} floats";
        throw new ArgumentException($"{column.Type} of {sizeof(T)} bytes does not hold {need}, and nothing else: name a struct that does.");
    }

    /// <summary>The first number of rows, to read.</summary>
    public abstract byte* Read(Chunk rows);

    /// <summary>The first number of rows, to write.</summary>
    public abstract byte* Write(Chunk rows);

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "What was trimmed is taken for numbers: the size is checked beside it.")]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The same.")]
    private static bool Holds(Type type, Type scalar)
    {
        if (type == scalar) return true;
        if (type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsFunctionPointer) return false;
        return type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).All(field => Holds(field.FieldType, scalar));
    }

    private static Type? ScalarOf(Type type) => Holds(type, typeof(double)) ? typeof(double) : Holds(type, typeof(float)) ? typeof(float) : null;

    private sealed class One<T>() : EntityColumn(ComponentType.Of<T>(), ScalarOf(typeof(T)))
        where T : unmanaged
    {
        public static readonly One<T> Column = new();

        public override byte* Read(Chunk rows) => (byte*)rows.ReadPointer<T>();

        public override byte* Write(Chunk rows) => (byte*)rows.WritePointer<T>();
    }
}
