namespace Fmm.Engine;

/// <summary>What a key of an access declaration stands for.</summary>
internal enum ComponentKind
{
    /// <summary>One value a row.</summary>
    Column,

    /// <summary>A stride of scalars a row.</summary>
    Block,

    /// <summary>One object a world.</summary>
    Resource,
}

/// <summary>
/// The identity of a component or resource: one immutable object a type, compared by reference. There is no
/// registry and no number given by first use, so that nothing depends on the order in which types are met.
/// </summary>
internal sealed class ComponentInfo
{
    internal ComponentInfo(ComponentKind kind, Type type, Type? scalar, int bytes)
    {
        Kind = kind;
        Bytes = bytes;
        Value = scalar ?? type;
        Name = scalar is null ? NameOf(type) : $"{NameOf(type)}[{NameOf(scalar)}]";
        string full = type.ToString();
        SortKey = $"{full}|{scalar}|{type.Assembly.GetName().Name}";
    }

    internal ComponentKind Kind { get; }

    /// <summary>Bytes of the value, or of one scalar of a block.</summary>
    internal int Bytes { get; }

    /// <summary>The type of the value, or of a scalar of a block.</summary>
    internal Type Value { get; }

    /// <summary>The name for people, with its type arguments.</summary>
    internal string Name { get; }

    /// <summary>Orders the components of a signature: by full name, the same in every run.</summary>
    internal string SortKey { get; }

    internal static string NameOf(Type type)
    {
        string name = type.Name;
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        if (tick < 0) return name;
        return name[..tick] + "<" + string.Join(", ", type.GetGenericArguments().Select(NameOf)) + ">";
    }
}

/// <summary>The one <see cref="ComponentInfo"/> of an ordinary component.</summary>
internal static class ColumnInfo<T>
    where T : unmanaged
{
    internal static readonly unsafe ComponentInfo Info = new(ComponentKind.Column, typeof(T), null, sizeof(T));
}

/// <summary>The one <see cref="ComponentInfo"/> of a block component.</summary>
internal static class BlockInfo<TTag, TScalar>
    where TTag : unmanaged
    where TScalar : unmanaged
{
    internal static readonly unsafe ComponentInfo Info = new(ComponentKind.Block, typeof(TTag), typeof(TScalar), sizeof(TScalar));
}

/// <summary>The one <see cref="ComponentInfo"/> of a resource.</summary>
internal static class ResourceInfo<T>
    where T : class
{
    internal static readonly ComponentInfo Info = new(ComponentKind.Resource, typeof(T), null, 0);
}
