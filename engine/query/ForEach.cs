namespace Fmm.Engine;

/// <summary>Called for each row of a query.</summary>
/// <param name="entity">The row's name.</param>
public delegate void ForEach(Entity entity);

/// <summary>Called for each row of a query with its component.</summary>
public delegate void ForEach<T0>(ref T0 c0)
    where T0 : unmanaged;

/// <summary>Called for each row of a query with its components.</summary>
public delegate void ForEach<T0, T1>(ref T0 c0, ref T1 c1)
    where T0 : unmanaged
    where T1 : unmanaged;

/// <summary>Called for each row of a query with its components.</summary>
public delegate void ForEach<T0, T1, T2>(ref T0 c0, ref T1 c1, ref T2 c2)
    where T0 : unmanaged
    where T1 : unmanaged
    where T2 : unmanaged;

/// <summary>Called for each row of a query with its components.</summary>
public delegate void ForEach<T0, T1, T2, T3>(ref T0 c0, ref T1 c1, ref T2 c2, ref T3 c3)
    where T0 : unmanaged
    where T1 : unmanaged
    where T2 : unmanaged
    where T3 : unmanaged;

/// <summary>Called for each row of a query with its name and component.</summary>
public delegate void ForEachWithEntity<T0>(Entity entity, ref T0 c0)
    where T0 : unmanaged;

/// <summary>Called for each row of a query with its name and components.</summary>
public delegate void ForEachWithEntity<T0, T1>(Entity entity, ref T0 c0, ref T1 c1)
    where T0 : unmanaged
    where T1 : unmanaged;

/// <summary>Called for each row of a query with its name and components.</summary>
public delegate void ForEachWithEntity<T0, T1, T2>(Entity entity, ref T0 c0, ref T1 c1, ref T2 c2)
    where T0 : unmanaged
    where T1 : unmanaged
    where T2 : unmanaged;

/// <summary>Called for each row of a query with its name and components.</summary>
public delegate void ForEachWithEntity<T0, T1, T2, T3>(Entity entity, ref T0 c0, ref T1 c1, ref T2 c2, ref T3 c3)
    where T0 : unmanaged
    where T1 : unmanaged
    where T2 : unmanaged
    where T3 : unmanaged;
