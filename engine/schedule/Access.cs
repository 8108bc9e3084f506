using System.Text;

namespace Fmm.Engine;

/// <summary>
/// What a system touches. Immutable; every method returns a new declaration, as in
/// <c>new Access().Read&lt;Charge&gt;().Gather&lt;Position&gt;().Write&lt;Potential&gt;()</c>.
/// </summary>
/// <remarks>
/// The schedule orders systems by it and lets independent ones run together; at run time every chunk, entity and
/// resource access is held against it, in every configuration. Write implies Read and Gather; Create implies Write.
/// Two systems conflict when both touch a component or resource and one of them writes or creates it.
/// </remarks>
public sealed class Access
{
    private const AccessKind Writing = AccessKind.Write | AccessKind.Create;
    private readonly ComponentInfo[] _keys;
    private readonly AccessKind[] _kinds;
    private readonly QueryDescription[] _queries;

    /// <summary>Touches nothing.</summary>
    public Access()
        : this([], [], [], false)
    {
    }

    private Access(ComponentInfo[] keys, AccessKind[] kinds, QueryDescription[] queries, bool exclusive)
    {
        _keys = keys;
        _kinds = kinds;
        _queries = queries;
        IsExclusive = exclusive;
    }

    /// <summary>Touches everything: runs alone, and nothing is refused. What a system without a declaration gets.</summary>
    public static Access Exclusive { get; } = new([], [], [], true);

    /// <summary>Whether this is <see cref="Exclusive"/>.</summary>
    public bool IsExclusive { get; }

    /// <summary>The queries whose rows were declared whole, by <see cref="Read(in QueryDescription)"/> or <see cref="Gather(in QueryDescription)"/>.</summary>
    public ReadOnlySpan<QueryDescription> Queries => _queries;

    /// <summary>Reads what a query names of the rows that it iterates: one statement for the rows and for their declaration.</summary>
    /// <param name="query">Which rows; its All and Any are declared, its None is not touched.</param>
    public Access Read(in QueryDescription query) => With(in query, AccessKind.Read);

    /// <summary>Reads what a query names of any of its rows; what is written as well is declared beside it.</summary>
    /// <param name="query">Which rows; its All and Any are declared, its None is not touched.</param>
    public Access Gather(in QueryDescription query) => With(in query, AccessKind.Gather);

    /// <summary>Reads <typeparamref name="T"/> of the rows that it iterates.</summary>
    public Access Read<T>()
        where T : unmanaged => With(ColumnInfo<T>.Info, AccessKind.Read);

    /// <summary>Reads <typeparamref name="T"/> of any row.</summary>
    public Access Gather<T>()
        where T : unmanaged => With(ColumnInfo<T>.Info, AccessKind.Gather);

    /// <summary>Writes <typeparamref name="T"/> of the rows that it iterates.</summary>
    public Access Write<T>()
        where T : unmanaged => With(ColumnInfo<T>.Info, AccessKind.Write);

    /// <summary>Makes and removes rows that hold <typeparamref name="T"/>.</summary>
    public Access Create<T>()
        where T : unmanaged => With(ColumnInfo<T>.Info, AccessKind.Create);

    /// <summary>Reads a block of the rows that it iterates.</summary>
    public Access ReadBlock<TTag, TScalar>()
        where TTag : unmanaged
        where TScalar : unmanaged => With(BlockInfo<TTag, TScalar>.Info, AccessKind.Read);

    /// <summary>Reads a block of any row.</summary>
    public Access GatherBlock<TTag, TScalar>()
        where TTag : unmanaged
        where TScalar : unmanaged => With(BlockInfo<TTag, TScalar>.Info, AccessKind.Gather);

    /// <summary>Writes a block of the rows that it iterates.</summary>
    public Access WriteBlock<TTag, TScalar>()
        where TTag : unmanaged
        where TScalar : unmanaged => With(BlockInfo<TTag, TScalar>.Info, AccessKind.Write);

    /// <summary>Makes and removes rows that hold a block, or sets its stride.</summary>
    public Access CreateBlock<TTag, TScalar>()
        where TTag : unmanaged
        where TScalar : unmanaged => With(BlockInfo<TTag, TScalar>.Info, AccessKind.Create);

    /// <summary>Makes and removes rows of a signature: Create for each of its components.</summary>
    /// <param name="signature">The signature.</param>
    public Access Create(Signature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        Access access = this;
        foreach (ComponentType type in signature.Types) access = access.With(type.Info, AccessKind.Create);
        return access;
    }

    /// <summary>One component, given by its identity.</summary>
    /// <param name="type">The component.</param>
    /// <param name="kind">How it is touched.</param>
    internal Access With(ComponentType type, AccessKind kind) => With(type.Info, kind);

    /// <summary>Reads the resource <typeparamref name="T"/>.</summary>
    public Access ReadResource<T>()
        where T : class => With(ResourceInfo<T>.Info, AccessKind.Read);

    /// <summary>Writes or sets the resource <typeparamref name="T"/>.</summary>
    public Access WriteResource<T>()
        where T : class => With(ResourceInfo<T>.Info, AccessKind.Write);

    /// <summary>What either of two systems touches.</summary>
    /// <param name="other">The other declaration.</param>
    public Access Union(Access other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (IsExclusive || other.IsExclusive) return Exclusive;
        Access access = this;
        for (int i = 0; i < other._keys.Length; i++) access = access.With(other._keys[i], other._kinds[i]);
        return new Access(access._keys, access._kinds, [.. access._queries.Union(other._queries)], false);
    }

    /// <summary>The declaration as text, sorted by kind and name.</summary>
    public override string ToString()
    {
        if (IsExclusive) return "exclusive";
        var text = new StringBuilder();
        Append(text, "reads", kind => kind == AccessKind.Read);
        Append(text, "gathers", kind => (kind & AccessKind.Gather) != 0 && (kind & Writing) == 0);
        Append(text, "writes", kind => (kind & Writing) == AccessKind.Write);
        Append(text, "creates", kind => (kind & AccessKind.Create) != 0);
        return text.Length == 0 ? "nothing" : text.ToString();
    }

    internal bool Allows(ComponentInfo key, AccessKind any)
    {
        if (IsExclusive) return true;
        ComponentInfo[] keys = _keys;
        for (int i = 0; i < keys.Length; i++)
            if (ReferenceEquals(keys[i], key)) return (_kinds[i] & any) != 0;
        return false;
    }

    /// <summary>The first component that keeps two systems from running together; null: none.</summary>
    internal static string? Conflict(Access first, Access second, out AccessKind firstKind, out AccessKind secondKind)
    {
        firstKind = secondKind = AccessKind.Write;
        if (first.IsExclusive || second.IsExclusive) return "everything";
        for (int i = 0; i < first._keys.Length; i++)
        {
            int j = Array.IndexOf(second._keys, first._keys[i]);
            if (j < 0 || ((first._kinds[i] | second._kinds[j]) & Writing) == 0) continue;
            (firstKind, secondKind) = (first._kinds[i], second._kinds[j]);
            return first._keys[i].Name;
        }
        return null;
    }

    private Access With(ComponentInfo key, AccessKind kind)
    {
        if (IsExclusive) return this;
        int at = Array.IndexOf(_keys, key);
        if (at < 0) return new Access([.. _keys, key], [.. _kinds, kind], _queries, false);
        AccessKind[] kinds = [.. _kinds];
        kinds[at] |= kind;
        return new Access(_keys, kinds, _queries, false);
    }

    private Access With(in QueryDescription query, AccessKind kind)
    {
        if (IsExclusive) return this;
        Access access = this;
        foreach (ComponentType type in query.All.Types) access = access.With(type.Info, kind);
        foreach (ComponentType type in query.Any.Types) access = access.With(type.Info, kind);
        return new Access(access._keys, access._kinds, [.. _queries, query], false);
    }

    private void Append(StringBuilder text, string verb, Func<AccessKind, bool> which)
    {
        string[] names = [.. _keys.Where((_, i) => which(_kinds[i])).Select(key => key.Name).Order(StringComparer.Ordinal)];
        if (names.Length == 0) return;
        text.Append(text.Length == 0 ? "" : "; ").Append(verb).Append(' ').AppendJoin(", ", names);
    }
}
