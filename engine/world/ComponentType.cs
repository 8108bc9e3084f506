namespace Fmm.Engine;

/// <summary>The identity of a component: a plain unmanaged struct a row, or a block of scalars a row.</summary>
public readonly struct ComponentType : IEquatable<ComponentType>
{
    private readonly ComponentInfo? _info;

    private ComponentType(ComponentInfo info)
    {
        _info = info;
    }

    /// <summary>The type's name with its type arguments; a block is <c>Tag[Scalar]</c>.</summary>
    public string Name => _info?.Name ?? "none";

    /// <summary>Bytes of one value, or of one scalar of a block.</summary>
    public int ByteSize => _info?.Bytes ?? 0;

    /// <summary>Whether this is a block: a stride of scalars a row, the stride chosen at run time.</summary>
    public bool IsBlock => _info?.Kind == ComponentKind.Block;

    internal ComponentInfo Info => _info
        ?? throw new InvalidOperationException("A default ComponentType names no component; use ComponentType.Of<T>() or ComponentType.Block<TTag, TScalar>().");

    /// <summary>An ordinary component: one <typeparamref name="T"/> a row.</summary>
    /// <typeparam name="T">An unmanaged struct.</typeparam>
    public static ComponentType Of<T>()
        where T : unmanaged => new(ColumnInfo<T>.Info);

    /// <summary>A block component: <c>stride</c> scalars a row in one contiguous matrix, rows x stride.</summary>
    /// <typeparam name="TTag">An empty struct that names it.</typeparam>
    /// <typeparam name="TScalar">The scalar.</typeparam>
    public static ComponentType Block<TTag, TScalar>()
        where TTag : unmanaged
        where TScalar : unmanaged => new(BlockInfo<TTag, TScalar>.Info);

    /// <inheritdoc/>
    public bool Equals(ComponentType other) => ReferenceEquals(_info, other._info);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ComponentType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _info is null ? 0 : string.GetHashCode(_info.SortKey, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether both are the same component.</summary>
    public static bool operator ==(ComponentType left, ComponentType right) => left.Equals(right);

    /// <summary>Whether they are different components.</summary>
    public static bool operator !=(ComponentType left, ComponentType right) => !left.Equals(right);
}
