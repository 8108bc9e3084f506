namespace Fmm.Engine;

/// <content>Loops over rows by delegates: convenient; in hot loops take chunks or <see cref="IForEach"/>.</content>
public sealed unsafe partial class World
{
    /// <summary>Calls a delegate for each row, forward. Components count as written: declare Write for them.</summary>
    /// <param name="description">Which rows.</param>
    /// <param name="forEach">Called for each row.</param>
    public void Query(in QueryDescription description, ForEach forEach)
    {
        ArgumentNullException.ThrowIfNull(forEach);
        foreach (ref Chunk chunk in Query(in description)) for (int row = 0; row < chunk.Count; row++) forEach(chunk.Entity(row));
    }

    /// <inheritdoc cref="Query(in QueryDescription, ForEach)"/>
    public void Query<T0>(in QueryDescription description, ForEach<T0> forEach)
        where T0 : unmanaged
    {
        ArgumentNullException.ThrowIfNull(forEach);
        foreach (ref Chunk chunk in Query(in description))
        {
            T0* c0 = chunk.WritePointer<T0>();
            for (int row = 0; row < chunk.Count; row++) forEach(ref c0[row]);
        }
    }

    /// <inheritdoc cref="Query(in QueryDescription, ForEach)"/>
    public void Query<T0, T1>(in QueryDescription description, ForEach<T0, T1> forEach)
        where T0 : unmanaged
        where T1 : unmanaged
    {
        ArgumentNullException.ThrowIfNull(forEach);
        foreach (ref Chunk chunk in Query(in description))
        {
            T0* c0 = chunk.WritePointer<T0>();
            T1* c1 = chunk.WritePointer<T1>();
            for (int row = 0; row < chunk.Count; row++) forEach(ref c0[row], ref c1[row]);
        }
    }

    /// <inheritdoc cref="Query(in QueryDescription, ForEach)"/>
    public void Query<T0, T1, T2>(in QueryDescription description, ForEach<T0, T1, T2> forEach)
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged
    {
        ArgumentNullException.ThrowIfNull(forEach);
        foreach (ref Chunk chunk in Query(in description))
        {
            T0* c0 = chunk.WritePointer<T0>();
            T1* c1 = chunk.WritePointer<T1>();
            T2* c2 = chunk.WritePointer<T2>();
            for (int row = 0; row < chunk.Count; row++) forEach(ref c0[row], ref c1[row], ref c2[row]);
        }
    }

    /// <inheritdoc cref="Query(in QueryDescription, ForEach)"/>
    public void Query<T0, T1, T2, T3>(in QueryDescription description, ForEach<T0, T1, T2, T3> forEach)
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
    {
        ArgumentNullException.ThrowIfNull(forEach);
        foreach (ref Chunk chunk in Query(in description))
        {
            T0* c0 = chunk.WritePointer<T0>();
            T1* c1 = chunk.WritePointer<T1>();
            T2* c2 = chunk.WritePointer<T2>();
            T3* c3 = chunk.WritePointer<T3>();
            for (int row = 0; row < chunk.Count; row++) forEach(ref c0[row], ref c1[row], ref c2[row], ref c3[row]);
        }
    }

    /// <inheritdoc cref="Query(in QueryDescription, ForEach)"/>
    public void Query<T0>(in QueryDescription description, ForEachWithEntity<T0> forEach)
        where T0 : unmanaged
    {
        ArgumentNullException.ThrowIfNull(forEach);
        foreach (ref Chunk chunk in Query(in description))
        {
            T0* c0 = chunk.WritePointer<T0>();
            for (int row = 0; row < chunk.Count; row++) forEach(chunk.Entity(row), ref c0[row]);
        }
    }

    /// <inheritdoc cref="Query(in QueryDescription, ForEach)"/>
    public void Query<T0, T1>(in QueryDescription description, ForEachWithEntity<T0, T1> forEach)
        where T0 : unmanaged
        where T1 : unmanaged
    {
        ArgumentNullException.ThrowIfNull(forEach);
        foreach (ref Chunk chunk in Query(in description))
        {
            T0* c0 = chunk.WritePointer<T0>();
            T1* c1 = chunk.WritePointer<T1>();
            for (int row = 0; row < chunk.Count; row++) forEach(chunk.Entity(row), ref c0[row], ref c1[row]);
        }
    }

    /// <inheritdoc cref="Query(in QueryDescription, ForEach)"/>
    public void Query<T0, T1, T2>(in QueryDescription description, ForEachWithEntity<T0, T1, T2> forEach)
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged
    {
        ArgumentNullException.ThrowIfNull(forEach);
        foreach (ref Chunk chunk in Query(in description))
        {
            T0* c0 = chunk.WritePointer<T0>();
            T1* c1 = chunk.WritePointer<T1>();
            T2* c2 = chunk.WritePointer<T2>();
            for (int row = 0; row < chunk.Count; row++) forEach(chunk.Entity(row), ref c0[row], ref c1[row], ref c2[row]);
        }
    }

    /// <inheritdoc cref="Query(in QueryDescription, ForEach)"/>
    public void Query<T0, T1, T2, T3>(in QueryDescription description, ForEachWithEntity<T0, T1, T2, T3> forEach)
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
    {
        ArgumentNullException.ThrowIfNull(forEach);
        foreach (ref Chunk chunk in Query(in description))
        {
            T0* c0 = chunk.WritePointer<T0>();
            T1* c1 = chunk.WritePointer<T1>();
            T2* c2 = chunk.WritePointer<T2>();
            T3* c3 = chunk.WritePointer<T3>();
            for (int row = 0; row < chunk.Count; row++) forEach(chunk.Entity(row), ref c0[row], ref c1[row], ref c2[row], ref c3[row]);
        }
    }
}
