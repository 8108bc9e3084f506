namespace Fmm.Engine;

/// <summary>Systems in list order, as one. In a schedule it counts as one system that touches what any of them does.</summary>
/// <typeparam name="T">What a step is told.</typeparam>
public partial class SystemGroup<T> : ISystem<T>, IDeclared, IPart
{
    private readonly List<ISystem<T>> _systems = [];
    private bool _disposed;

    /// <summary>A group of systems.</summary>
    /// <param name="name">Names the group.</param>
    /// <param name="systems">The systems, in order; owned by the group.</param>
    /// <exception cref="ArgumentException">A system is given twice, or is in another group or schedule.</exception>
    public SystemGroup(string name, params ISystem<T>[] systems)
    {
        Name = name;
        Add(systems);
    }

    /// <inheritdoc/>
    public string Name { get; }

    object? IPart.Owner { get; set; }

    IEnumerable<object> IPart.Parts => _systems;

    World? IPart.World => null;

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
    /// <exception cref="ArgumentException">A system is given twice, or is in this or another group or schedule, or it is this
    /// group or holds it; none was added then.</exception>
    /// <exception cref="InvalidOperationException">The schedule that runs this group is built already.</exception>
    public SystemGroup<T> Add(params ISystem<T>[] systems)
    {
        ArgumentNullException.ThrowIfNull(systems);
        ThrowIfBuilt();
        for (int i = 0; i < systems.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(systems[i], nameof(systems));
            Parts.RequireFree(systems[i], this);
            if (Array.IndexOf(systems, systems[i]) != i)
                throw new ArgumentException($"A system is given twice to group '{Name}'; give another instance.", nameof(systems));
        }
        foreach (ISystem<T> system in systems)
        {
            _systems.Add(system);
            Parts.Own(system, this);
        }
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

    /// <summary>Disposes of the systems, in order. A second call does nothing.</summary>
    /// <exception cref="AggregateException">Several systems threw; the exception of one is rethrown as it is. All others
    /// were disposed of.</exception>
    public virtual void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        var failures = new Failures();
        foreach (ISystem<T> system in _systems)
        {
            Parts.Release(system);
            failures.Try(system);
        }
        GC.SuppressFinalize(this);
        failures.Throw();
    }
}
