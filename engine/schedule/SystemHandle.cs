namespace Fmm.Engine;

/// <summary>
/// A system's place in a schedule; says what it comes before or after. Where the other is given by its type, it is the one system of
/// the schedule, other than this one, that is of this type or was put in the place of such a one. It may be added later; none or
/// several are refused when the schedule is built.
/// </summary>
/// <typeparam name="T">What a step is told.</typeparam>
public sealed class SystemHandle<T>
{
    private readonly Schedule<T> _schedule;
    private readonly Place<T> _place;

    internal SystemHandle(Schedule<T> schedule, Place<T> place)
    {
        _schedule = schedule;
        _place = place;
    }

    /// <summary>The system; where it was replaced, the one in its place.</summary>
    public ISystem<T> System => _place.System;

    /// <summary>This one starts when the other has finished.</summary>
    /// <typeparam name="TSystem">The other's type, or one that it derives from.</typeparam>
    /// <returns>This handle.</returns>
    public SystemHandle<T> After<TSystem>()
        where TSystem : class, ISystem<T> => Order(typeof(TSystem), _place);

    /// <summary>This one starts when the other has finished.</summary>
    /// <param name="system">The other, which may be added later.</param>
    /// <returns>This handle.</returns>
    public SystemHandle<T> After(ISystem<T> system) => Order(system, _place);

    /// <inheritdoc cref="After(ISystem{T})"/>
    public SystemHandle<T> After(SystemHandle<T> system) => Order(End(system), _place);

    /// <summary>The other starts when this one has finished.</summary>
    /// <typeparam name="TSystem">The other's type, or one that it derives from.</typeparam>
    /// <returns>This handle.</returns>
    public SystemHandle<T> Before<TSystem>()
        where TSystem : class, ISystem<T> => Order(_place, typeof(TSystem));

    /// <summary>The other starts when this one has finished.</summary>
    /// <param name="system">The other, which may be added later.</param>
    /// <returns>This handle.</returns>
    public SystemHandle<T> Before(ISystem<T> system) => Order(_place, system);

    /// <inheritdoc cref="Before(ISystem{T})"/>
    public SystemHandle<T> Before(SystemHandle<T> system) => Order(_place, End(system));

    /// <summary>A place of another schedule is not one here: its system is looked for, and refused when the schedule is built.</summary>
    private object End(SystemHandle<T> handle)
    {
        ArgumentNullException.ThrowIfNull(handle, "system");
        return ReferenceEquals(handle._schedule, _schedule) ? handle._place : handle.System;
    }

    private SystemHandle<T> Order(object first, object second)
    {
        ArgumentNullException.ThrowIfNull(first, "system");
        ArgumentNullException.ThrowIfNull(second, "system");
        _schedule.Order(first, second);
        return this;
    }
}
