namespace Fmm.Engine;

/// <summary>
/// Which rows a query means: those with all, at least one, and none of some components. A value: equal descriptions share
/// one cached <see cref="Query"/>. Make it once and keep it; making it allocates.
/// </summary>
public readonly struct QueryDescription : IEquatable<QueryDescription>
{
    private readonly Signature? _all;
    private readonly Signature? _any;
    private readonly Signature? _none;

    /// <summary>A description; null stands for no condition.</summary>
    /// <param name="all">Components that every row has.</param>
    /// <param name="any">Components of which every row has at least one.</param>
    /// <param name="none">Components that no row has.</param>
    public QueryDescription(Signature? all = null, Signature? any = null, Signature? none = null)
    {
        _all = all;
        _any = any;
        _none = none;
    }

    /// <summary>Components that every row has.</summary>
    public Signature All => _all ?? Signature.Empty;

    /// <summary>Components of which every row has at least one; empty: no condition.</summary>
    public Signature Any => _any ?? Signature.Empty;

    /// <summary>Components that no row has.</summary>
    public Signature None => _none ?? Signature.Empty;

    /// <summary>Also rows must have this component, which may be a block.</summary>
    /// <param name="type">The component.</param>
    public QueryDescription WithAll(ComponentType type) => new(All.With(type), _any, _none);

    /// <summary>Also rows with this component count as having one of <see cref="Any"/>.</summary>
    /// <param name="type">The component.</param>
    public QueryDescription WithAny(ComponentType type) => new(_all, Any.With(type), _none);

    /// <summary>Also rows must not have this component.</summary>
    /// <param name="type">The component.</param>
    public QueryDescription WithNone(ComponentType type) => new(_all, _any, None.With(type));

    /// <summary>Rows must have the component.</summary>
    public QueryDescription WithAll<T0>()
        where T0 : unmanaged => new(Join(All, Signatures<T0>.Value), _any, _none);

    /// <summary>Rows must have both components.</summary>
    public QueryDescription WithAll<T0, T1>()
        where T0 : unmanaged
        where T1 : unmanaged => new(Join(All, Signatures<T0, T1>.Value), _any, _none);

    /// <summary>Rows must have the three components.</summary>
    public QueryDescription WithAll<T0, T1, T2>()
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged => new(Join(All, Signatures<T0, T1, T2>.Value), _any, _none);

    /// <summary>Rows must have the four components.</summary>
    public QueryDescription WithAll<T0, T1, T2, T3>()
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged => new(Join(All, Signatures<T0, T1, T2, T3>.Value), _any, _none);

    /// <summary>Rows must have the block.</summary>
    /// <typeparam name="TTag">What the block is.</typeparam>
    /// <typeparam name="TScalar">Its scalar.</typeparam>
    public QueryDescription WithBlock<TTag, TScalar>()
        where TTag : unmanaged
        where TScalar : unmanaged => WithAll(ComponentType.Block<TTag, TScalar>());

    /// <summary>Rows must have the component, or another one of Any.</summary>
    public QueryDescription WithAny<T0>()
        where T0 : unmanaged => new(_all, Join(Any, Signatures<T0>.Value), _none);

    /// <summary>Rows must have one of the components, or another one of Any.</summary>
    public QueryDescription WithAny<T0, T1>()
        where T0 : unmanaged
        where T1 : unmanaged => new(_all, Join(Any, Signatures<T0, T1>.Value), _none);

    /// <summary>Rows must have one of the components, or another one of Any.</summary>
    public QueryDescription WithAny<T0, T1, T2>()
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged => new(_all, Join(Any, Signatures<T0, T1, T2>.Value), _none);

    /// <summary>Rows must have one of the components, or another one of Any.</summary>
    public QueryDescription WithAny<T0, T1, T2, T3>()
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged => new(_all, Join(Any, Signatures<T0, T1, T2, T3>.Value), _none);

    /// <summary>Rows must not have the component.</summary>
    public QueryDescription WithNone<T0>()
        where T0 : unmanaged => new(_all, _any, Join(None, Signatures<T0>.Value));

    /// <summary>Rows must not have either component.</summary>
    public QueryDescription WithNone<T0, T1>()
        where T0 : unmanaged
        where T1 : unmanaged => new(_all, _any, Join(None, Signatures<T0, T1>.Value));

    /// <summary>Rows must not have any of the components.</summary>
    public QueryDescription WithNone<T0, T1, T2>()
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged => new(_all, _any, Join(None, Signatures<T0, T1, T2>.Value));

    /// <summary>Rows must not have any of the components.</summary>
    public QueryDescription WithNone<T0, T1, T2, T3>()
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged => new(_all, _any, Join(None, Signatures<T0, T1, T2, T3>.Value));

    /// <summary>Whether rows of a signature are meant.</summary>
    /// <param name="signature">The rows' components.</param>
    public bool Matches(Signature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return signature.HasAll(All) && (Any.Count == 0 || signature.HasAny(Any)) && !signature.HasAny(None);
    }

    /// <inheritdoc/>
    public bool Equals(QueryDescription other) => All.Equals(other.All) && Any.Equals(other.Any) && None.Equals(other.None);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is QueryDescription other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(All, Any, None);

    /// <summary>The three conditions.</summary>
    public override string ToString() => $"all {All}, any {Any}, none {None}";

    /// <summary>Whether both mean the same rows.</summary>
    public static bool operator ==(QueryDescription left, QueryDescription right) => left.Equals(right);

    /// <summary>Whether they are different.</summary>
    public static bool operator !=(QueryDescription left, QueryDescription right) => !left.Equals(right);

    private static Signature Join(Signature first, Signature second) =>
        first.Count == 0 ? second : Signature.Of([.. first.Types, .. second.Types]);
}
