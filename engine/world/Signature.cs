namespace Fmm.Engine;

/// <summary>A set of components, immutable, sorted by name; equal sets are equal values.</summary>
public sealed class Signature : IEquatable<Signature>
{
    private readonly ComponentType[] _types;
    private readonly int _hash;

    private Signature(ComponentType[] sorted)
    {
        _types = sorted;
        var hash = default(HashCode);
        foreach (ComponentType type in sorted) hash.Add(type);
        _hash = hash.ToHashCode();
    }

    /// <summary>The set without components.</summary>
    public static Signature Empty { get; } = new([]);

    /// <summary>The components, sorted by full name.</summary>
    public ReadOnlySpan<ComponentType> Types => _types;

    /// <summary>Number of components.</summary>
    public int Count => _types.Length;

    /// <summary>The set of the given components; repeats count once.</summary>
    /// <param name="types">Components in any order.</param>
    public static Signature Of(params ReadOnlySpan<ComponentType> types)
    {
        if (types.IsEmpty) return Empty;
        var sorted = new List<ComponentType>(types.Length);
        foreach (ComponentType type in types)
        {
            _ = type.Info;
            if (!sorted.Contains(type)) sorted.Add(type);
        }
        sorted.Sort((a, b) => string.CompareOrdinal(a.Info.SortKey, b.Info.SortKey));
        return new Signature([.. sorted]);
    }

    /// <summary>The set with one component more.</summary>
    /// <param name="type">The component; may be in the set already.</param>
    public Signature With(ComponentType type) => Of([.. _types, type]);

    /// <summary>The set without one component.</summary>
    /// <param name="type">The component; may be absent.</param>
    public Signature Without(ComponentType type)
    {
        var rest = new List<ComponentType>(_types.Length);
        foreach (ComponentType mine in _types)
            if (mine != type) rest.Add(mine);
        return Of([.. rest]);
    }

    /// <summary>Whether the component is in the set.</summary>
    /// <param name="type">The component.</param>
    public bool Has(ComponentType type) => Array.IndexOf(_types, type) >= 0;

    /// <summary>Whether every component of the other set is in this one.</summary>
    /// <param name="other">The other set.</param>
    public bool HasAll(Signature other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (ComponentType type in other._types)
            if (!Has(type)) return false;
        return true;
    }

    /// <summary>Whether a component of the other set is in this one.</summary>
    /// <param name="other">The other set.</param>
    public bool HasAny(Signature other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (ComponentType type in other._types)
            if (Has(type)) return true;
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(Signature? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || _hash != other._hash || _types.Length != other._types.Length) return false;
        // Not SequenceEqual, which boxes every element until the JIT has optimised it: queries are found by this in warm steps.
        for (int i = 0; i < _types.Length; i++) if (_types[i] != other._types[i]) return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Signature);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>The names, as in <c>{Position, Velocity}</c>.</summary>
    public override string ToString() => "{" + string.Join(", ", _types) + "}";
}

/// <summary>The signatures of Create and queries by type arguments, made once a combination.</summary>
internal static class Signatures<T0>
    where T0 : unmanaged
{
    internal static readonly Signature Value = Signature.Of(ComponentType.Of<T0>());
}

/// <inheritdoc cref="Signatures{T0}"/>
internal static class Signatures<T0, T1>
    where T0 : unmanaged
    where T1 : unmanaged
{
    internal static readonly Signature Value = Signature.Of(ComponentType.Of<T0>(), ComponentType.Of<T1>());
}

/// <inheritdoc cref="Signatures{T0}"/>
internal static class Signatures<T0, T1, T2>
    where T0 : unmanaged
    where T1 : unmanaged
    where T2 : unmanaged
{
    internal static readonly Signature Value = Signature.Of(ComponentType.Of<T0>(), ComponentType.Of<T1>(), ComponentType.Of<T2>());
}

/// <inheritdoc cref="Signatures{T0}"/>
internal static class Signatures<T0, T1, T2, T3>
    where T0 : unmanaged
    where T1 : unmanaged
    where T2 : unmanaged
    where T3 : unmanaged
{
    internal static readonly Signature Value =
        Signature.Of(ComponentType.Of<T0>(), ComponentType.Of<T1>(), ComponentType.Of<T2>(), ComponentType.Of<T3>());
}
