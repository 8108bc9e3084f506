using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <content>Components of single entities. For loops over many, take chunks.</content>
public sealed unsafe partial class World
{
    /// <summary>Makes an entity. A value may be a reference into the columns that grow.</summary>
    public Entity Create<T0>(in T0 c0 = default)
        where T0 : unmanaged
    {
        T0 v0 = c0; // Making the row may free the memory that a caller's reference points into.
        Entity entity = Create(Signatures<T0>.Value);
        Put(entity, in v0);
        return entity;
    }

    /// <summary>Makes an entity. A value may be a reference into the columns that grow.</summary>
    public Entity Create<T0, T1>(in T0 c0 = default, in T1 c1 = default)
        where T0 : unmanaged
        where T1 : unmanaged
    {
        (T0 v0, T1 v1) = (c0, c1);
        Entity entity = Create(Signatures<T0, T1>.Value);
        Put(entity, in v0);
        Put(entity, in v1);
        return entity;
    }

    /// <summary>Makes an entity. A value may be a reference into the columns that grow.</summary>
    public Entity Create<T0, T1, T2>(in T0 c0 = default, in T1 c1 = default, in T2 c2 = default)
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged
    {
        (T0 v0, T1 v1, T2 v2) = (c0, c1, c2);
        Entity entity = Create(Signatures<T0, T1, T2>.Value);
        Put(entity, in v0);
        Put(entity, in v1);
        Put(entity, in v2);
        return entity;
    }

    /// <summary>Makes an entity. A value may be a reference into the columns that grow.</summary>
    public Entity Create<T0, T1, T2, T3>(in T0 c0 = default, in T1 c1 = default, in T2 c2 = default, in T3 c3 = default)
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
    {
        (T0 v0, T1 v1, T2 v2, T3 v3) = (c0, c1, c2, c3);
        Entity entity = Create(Signatures<T0, T1, T2, T3>.Value);
        Put(entity, in v0);
        Put(entity, in v1);
        Put(entity, in v2);
        Put(entity, in v3);
        return entity;
    }

    /// <summary>An entity's component, by reference, valid until rows of its archetype are made or removed. Counts as writing.</summary>
    /// <param name="entity">A living entity.</param>
    /// <exception cref="InvalidOperationException">It does not live or has no such component.</exception>
    /// <exception cref="UndeclaredAccessException">The running system has not declared Write.</exception>
    public ref T Get<T>(Entity entity)
        where T : unmanaged
    {
        Running.RequireWrite(ColumnInfo<T>.Info);
        return ref Unsafe.AsRef<T>(Place<T>(entity));
    }

    /// <summary>An entity's component, to read.</summary>
    /// <param name="entity">A living entity.</param>
    /// <exception cref="InvalidOperationException">It does not live or has no such component.</exception>
    /// <exception cref="UndeclaredAccessException">The running system has not declared Read or Gather.</exception>
    public ref readonly T Read<T>(Entity entity)
        where T : unmanaged
    {
        Running.RequireRead(ColumnInfo<T>.Info);
        return ref Unsafe.AsRef<T>(Place<T>(entity));
    }

    /// <summary>A copy of an entity's component, if it has one.</summary>
    /// <param name="entity">A living entity.</param>
    /// <param name="value">The component, or zero.</param>
    /// <returns>Whether it has one.</returns>
    /// <inheritdoc cref="Read"/>
    public bool TryGet<T>(Entity entity, out T value)
        where T : unmanaged
    {
        Running.RequireRead(ColumnInfo<T>.Info);
        Column? column = Locate(entity, out int row).Find(ColumnInfo<T>.Info);
        value = column is null ? default : *(T*)column.Row(row);
        return column is not null;
    }

    /// <summary>Whether an entity has a component.</summary>
    /// <param name="entity">A living entity.</param>
    /// <exception cref="InvalidOperationException">It does not live.</exception>
    public bool Has<T>(Entity entity)
        where T : unmanaged => Locate(entity, out _).Find(ColumnInfo<T>.Info) is not null;

    /// <summary>Writes an entity's component.</summary>
    /// <param name="entity">A living entity.</param>
    /// <param name="value">The new value.</param>
    /// <inheritdoc cref="Get"/>
    public void Set<T>(Entity entity, in T value = default)
        where T : unmanaged => Get<T>(entity) = value;

    /// <summary>Gives an entity a component; it moves to the end of another archetype.</summary>
    /// <param name="entity">A living entity made one at a time.</param>
    /// <param name="value">The component.</param>
    /// <exception cref="InvalidOperationException">It does not live, was made en bloc, has the component already, or its rows
    /// are being iterated.</exception>
    /// <exception cref="UndeclaredAccessException">The running system has not declared Create for all its components.</exception>
    public void Add<T>(Entity entity, in T value = default)
        where T : unmanaged
    {
        T copy = value; // The move may free the memory that a caller's reference points into.
        Move(entity, ComponentType.Of<T>(), add: true, null);
        Put(entity, in copy);
    }

    /// <summary>Takes a component from an entity; it moves to the end of another archetype.</summary>
    /// <param name="entity">A living entity made one at a time.</param>
    /// <exception cref="InvalidOperationException">It does not live, was made en bloc, has no such component, or its rows are
    /// being iterated.</exception>
    /// <exception cref="UndeclaredAccessException">The running system has not declared Create for all its components.</exception>
    public void Remove<T>(Entity entity)
        where T : unmanaged => Move(entity, ComponentType.Of<T>(), add: false, null);

    private T* Place<T>(Entity entity)
        where T : unmanaged => (T*)Locate(entity, out int row).Require(ColumnInfo<T>.Info).Row(row);

    private void Put<T>(Entity entity, in T value)
        where T : unmanaged => *Place<T>(entity) = value;
}
