namespace Fmm.Engine;

/// <summary>A struct that a query calls for each row; the JIT inlines it, unlike a delegate.</summary>
public interface IForEach
{
    /// <summary>One row.</summary>
    /// <param name="entity">The row's name.</param>
    void Update(Entity entity);
}

/// <inheritdoc cref="IForEach"/>
public interface IForEach<T0>
    where T0 : unmanaged
{
    /// <summary>One row.</summary>
    void Update(ref T0 c0);
}

/// <inheritdoc cref="IForEach"/>
public interface IForEach<T0, T1>
    where T0 : unmanaged
    where T1 : unmanaged
{
    /// <summary>One row.</summary>
    void Update(ref T0 c0, ref T1 c1);
}

/// <inheritdoc cref="IForEach"/>
public interface IForEach<T0, T1, T2>
    where T0 : unmanaged
    where T1 : unmanaged
    where T2 : unmanaged
{
    /// <summary>One row.</summary>
    void Update(ref T0 c0, ref T1 c1, ref T2 c2);
}

/// <inheritdoc cref="IForEach"/>
public interface IForEach<T0, T1, T2, T3>
    where T0 : unmanaged
    where T1 : unmanaged
    where T2 : unmanaged
    where T3 : unmanaged
{
    /// <summary>One row.</summary>
    void Update(ref T0 c0, ref T1 c1, ref T2 c2, ref T3 c3);
}
