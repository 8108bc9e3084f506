using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fmm.Engine;

namespace Fmm.Files;

/// <summary>
/// The fields of a component down to numbers and names, and where they stand. Where is found by trying: the runtime tells no offsets of structs that
/// are not marshalled.
/// </summary>
internal static class ComponentFields
{
    private const BindingFlags Own = BindingFlags.Static | BindingFlags.NonPublic, Every = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>All fields in their order.</summary>
    /// <param name="component">An unmanaged struct or a number.</param>
    /// <exception cref="NotSupportedException">It holds an address.</exception>
    public static IReadOnlyList<ComponentField> Of(Type component)
    {
        List<ComponentField> fields = [];
        Add(component, "", 0, fields);
        return fields;
    }

    /// <summary>The name of a field; of a property's field the property's.</summary>
    public static string NameOf(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;

    private static void Add(Type type, string name, int offset, List<ComponentField> fields)
    {
        if (type.IsEnum) type = Enum.GetUnderlyingType(type);
        if (KindOf(type) is FieldKind kind)
        {
            fields.Add(new ComponentField(name.Length == 0 ? "value" : name, offset, kind));
            return;
        }
        if (type.IsPointer || type.IsFunctionPointer || type.IsPrimitive)
            throw new NotSupportedException($"{(name.Length == 0 ? type : name)} is an address, which means nothing in another process; keep what it leads to, or an Entity");
        foreach (FieldInfo field in type.GetFields(Every))
        {
            int at = offset + OffsetOf(type, field);
            string full = (name.Length == 0 ? "" : $"{name}.") + NameOf(field);
            (Type element, int count) = field.GetCustomAttribute<FixedBufferAttribute>() is { } buffer ? (buffer.ElementType, buffer.Length)
                : (field.FieldType, type.GetCustomAttribute<InlineArrayAttribute>()?.Length ?? 1);
            int size = count > 1 ? SizeOf(element) : 0;
            for (int i = 0; i < count; i++) Add(element, count == 1 ? full : $"{full}[{i}]", at + (i * size), fields);
        }
    }

    private static FieldKind? KindOf(Type type) => type switch
    {
        _ when type == typeof(double) => FieldKind.Double,
        _ when type == typeof(float) => FieldKind.Single,
        _ when type == typeof(long) => FieldKind.Int64,
        _ when type == typeof(ulong) => FieldKind.UInt64,
        _ when type == typeof(int) => FieldKind.Int32,
        _ when type == typeof(uint) => FieldKind.UInt32,
        _ when type == typeof(short) => FieldKind.Int16,
        _ when type == typeof(ushort) || type == typeof(char) => FieldKind.UInt16,
        _ when type == typeof(sbyte) => FieldKind.SByte,
        _ when type == typeof(byte) || type == typeof(bool) => FieldKind.Byte,
        _ when type == typeof(Entity) => FieldKind.Name,
        _ => null,
    };

    private static int SizeOf(Type type) => (int)Generic(nameof(Size), type).Invoke(null, null)!;

    private static int OffsetOf(Type type, FieldInfo field)
    {
        // Fields without any do not show; nor do they matter.
        object whole = RuntimeHelpers.GetUninitializedObject(type);
        field.SetValue(whole, Generic(nameof(Filled), field.FieldType).Invoke(null, null));
        return Math.Max(0, (int)Generic(nameof(First), type).Invoke(null, [whole])!);
    }

    private static MethodInfo Generic(string name, Type type) => typeof(ComponentFields).GetMethod(name, Own)!.MakeGenericMethod(type);

    private static unsafe int Size<T>()
        where T : unmanaged => sizeof(T);

    private static object Filled<T>()
        where T : unmanaged
    {
        T value = default;
        MemoryMarshal.AsBytes(new Span<T>(ref value)).Fill(byte.MaxValue);
        return value;
    }

    private static int First<T>(object whole)
        where T : unmanaged
    {
        T value = (T)whole;
        return MemoryMarshal.AsBytes(new Span<T>(ref value)).IndexOfAnyExcept((byte)0);
    }
}
