namespace Fmm.Engine;

/// <summary>Systems in list order, as one. In a schedule it counts as one system that touches what any of them does.</summary>
/// <typeparam name="T">What a step is told.</typeparam>
/// <param name="name">Names the group.</param>
/// <param name="systems">The systems, in order; owned by the group.</param>
public class Group<T>(string name, params ISystem<T>[] systems) : ISystem<T>, IDeclared
{
    private readonly List<ISystem<T>> _systems = [.. systems];

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <summary>What any of the systems touches.</summary>
    public Access Access
    {
        get
        {
            var access = new Access();
            foreach (ISystem<T> system in _systems) access = access.Union((system as IDeclared)?.Access ?? Access.Exclusive);
            return access;
        }
    }

    /// <summary>Appends systems.</summary>
    /// <param name="systems">The systems, in order.</param>
    /// <returns>This group.</returns>
    public Group<T> Add(params ISystem<T>[] systems)
    {
        ArgumentNullException.ThrowIfNull(systems);
        _systems.AddRange(systems);
        return this;
    }

    /// <summary>The first system of a type.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public G Get<G>()
        where G : ISystem<T>
    {
        foreach (ISystem<T> system in _systems)
            if (system is G found) return found;
        throw new InvalidOperationException($"Group '{Name}' has no {ComponentInfo.NameOf(typeof(G))}.");
    }

    /// <inheritdoc/>
    public void Initialize()
    {
        foreach (ISystem<T> system in _systems) system.Initialize();
    }

    /// <inheritdoc/>
    public void BeforeUpdate(in T state)
    {
        foreach (ISystem<T> system in _systems) system.BeforeUpdate(in state);
    }

    /// <inheritdoc/>
    public void Update(in T state)
    {
        foreach (ISystem<T> system in _systems) system.Update(in state);
    }

    /// <inheritdoc/>
    public void AfterUpdate(in T state)
    {
        foreach (ISystem<T> system in _systems) system.AfterUpdate(in state);
    }

    /// <inheritdoc/>
    public void Attach(Jobs jobs, Counters counters)
    {
        foreach (ISystem<T> system in _systems) (system as IDeclared)?.Attach(jobs, counters);
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        foreach (ISystem<T> system in _systems) system.Dispose();
        GC.SuppressFinalize(this);
    }
}
