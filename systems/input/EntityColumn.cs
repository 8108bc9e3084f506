using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>A component of the host's entities, as so many doubles a row.</summary>
internal abstract unsafe class EntityColumn
{
    private EntityColumn(ComponentType type, bool isDoubles)
    {
        Type = type;
        IsDoubles = isDoubles;
    }

    /// <summary>The component.</summary>
    public ComponentType Type { get; }

    /// <summary>Whether it consists of doubles alone.</summary>
    public bool IsDoubles { get; }

    /// <summary>Doubles a row.</summary>
    public int Numbers => Type.ByteSize / sizeof(double);

    /// <summary>The column of a component.</summary>
    public static EntityColumn Of<T>()
        where T : unmanaged => One<T>.Column;

    /// <summary>The first number of rows, to read.</summary>
    public abstract double* Read(Chunk rows);

    /// <summary>The first number of rows, to write.</summary>
    public abstract double* Write(Chunk rows);

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "What was trimmed is taken for doubles: the size is checked beside it.")]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The same.")]
    private static bool HoldsDoubles(Type type)
    {
        if (type == typeof(double)) return true;
        if (type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsFunctionPointer) return false;
        return type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).All(field => HoldsDoubles(field.FieldType));
    }

    private sealed class One<T>() : EntityColumn(ComponentType.Of<T>(), HoldsDoubles(typeof(T)))
        where T : unmanaged
    {
        public static readonly One<T> Column = new();

        public override double* Read(Chunk rows) => (double*)rows.ReadPointer<T>();

        public override double* Write(Chunk rows) => (double*)rows.WritePointer<T>();
    }
}
