namespace Fmm.Engine;

/// <summary>The usual base of a system: a world, declared access, and the executor for its units.</summary>
/// <typeparam name="W">The world's type.</typeparam>
/// <typeparam name="T">What a step is told.</typeparam>
/// <param name="world">The world that it works on.</param>
public abstract class BaseSystem<W, T>(W world) : ISystem<T>, IDeclared, IPart
{
    /// <summary>The world that it works on.</summary>
    public W World { get; } = world;

    object? IPart.Owner { get; set; }

    IEnumerable<object> IPart.Parts => [];

    World? IPart.World => World as World;

    /// <summary>What it touches; by default everything, so that it runs alone. Override it to run beside others.</summary>
    public virtual Access Access => Access.Exclusive;

    /// <summary>The name in messages and tables: the type's, without type arguments.</summary>
    public virtual string Name
    {
        get
        {
            string name = GetType().Name;
            int tick = name.IndexOf('`', StringComparison.Ordinal);
            return tick < 0 ? name : name[..tick];
        }
    }

    /// <summary>Runs units on the workers of the running update; <see cref="Jobs.Serial"/> outside of one.</summary>
    protected Jobs Jobs { get; private set; } = Jobs.Serial;

    /// <summary>Takes counts of work; they appear in the schedule's times.</summary>
    protected Counters Counters { get; private set; } = new();

    /// <inheritdoc/>
    public virtual void Initialize()
    {
    }

    /// <inheritdoc/>
    public virtual void BeforeUpdate(in T state)
    {
    }

    /// <inheritdoc/>
    public virtual void Update(in T state)
    {
    }

    /// <inheritdoc/>
    public virtual void AfterUpdate(in T state)
    {
    }

    /// <inheritdoc/>
    public void Attach(Jobs jobs, Counters counters)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(counters);
        Jobs = jobs;
        Counters = counters;
    }

    /// <summary>Frees what the system holds: buffers made in Initialize.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
