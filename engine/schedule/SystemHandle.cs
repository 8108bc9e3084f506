namespace Fmm.Engine;

/// <summary>A system that was added to a schedule; says what it comes before or after.</summary>
/// <typeparam name="T">What a step is told.</typeparam>
public sealed class SystemHandle<T>
{
    private readonly Schedule<T> _schedule;

    internal SystemHandle(Schedule<T> schedule, ISystem<T> system)
    {
        _schedule = schedule;
        System = system;
    }

    /// <summary>The system.</summary>
    public ISystem<T> System { get; }

    /// <summary>This one starts when the other has finished.</summary>
    /// <param name="system">The other, which may be added later.</param>
    /// <returns>This handle.</returns>
    public SystemHandle<T> After(ISystem<T> system) => Order(system, System);

    /// <inheritdoc cref="After(ISystem{T})"/>
    public SystemHandle<T> After(SystemHandle<T> system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return Order(system.System, System);
    }

    /// <summary>This one starts when the other has finished.</summary>
    /// <param name="name">The other's name; it may be added later.</param>
    /// <returns>This handle.</returns>
    public SystemHandle<T> After(string name) => Order(name, System);

    /// <summary>The other starts when this one has finished.</summary>
    /// <param name="system">The other, which may be added later.</param>
    /// <returns>This handle.</returns>
    public SystemHandle<T> Before(ISystem<T> system) => Order(System, system);

    /// <inheritdoc cref="Before(ISystem{T})"/>
    public SystemHandle<T> Before(SystemHandle<T> system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return Order(System, system.System);
    }

    /// <summary>The other starts when this one has finished.</summary>
    /// <param name="name">The other's name; it may be added later.</param>
    /// <returns>This handle.</returns>
    public SystemHandle<T> Before(string name) => Order(System, name);

    private SystemHandle<T> Order(object first, object second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        _schedule.Order(first, second);
        return this;
    }
}
