namespace Fmm.Engine;

/// <content>Looking around, and changing what others have put in.</content>
public sealed partial class Schedule<T>
{
    /// <summary>The systems in order of addition, as they are now. <see cref="Explain"/> has the order in which they run.</summary>
    public IReadOnlyList<ISystem<T>> Systems => [.. _places.Systems];

    /// <summary>Whether the schedule has a system of a type, or one that was put in the place of such a one.</summary>
    /// <typeparam name="TSystem">The system's type, or one that it derives from.</typeparam>
    public bool Contains<TSystem>()
        where TSystem : class, ISystem<T> => _places.Has(typeof(TSystem));

    /// <summary>The one system of a type.</summary>
    /// <typeparam name="TSystem">The system's type, or one that it derives from.</typeparam>
    /// <exception cref="ScheduleException">There is none, or there are several, or one of another type was put in its place. The
    /// message names what is there.</exception>
    public TSystem Get<TSystem>()
        where TSystem : class, ISystem<T>
    {
        Place<T> place = _places.The(typeof(TSystem));
        return place.System as TSystem ?? throw new ScheduleException(
            $"Schedule '{Name}' has {place.NameWithReplaced}, which is no {ComponentInfo.NameOf(typeof(TSystem))}; get it by its own type.");
    }

    /// <summary>
    /// Puts a system in the place of the one of a type. Every order that names the old one, by instance, handle or type, holds for the
    /// new one, whether it was given before or is given later; so does another replacement by the same type.
    /// </summary>
    /// <typeparam name="TSystem">The old one's type, or one that it derives from; the new one need not be one.</typeparam>
    /// <param name="system">The new one; owned by the schedule from now on. The old one is disposed of.</param>
    /// <returns>Says what the new one comes before or after in addition.</returns>
    /// <exception cref="ScheduleException">There is no such system, or there are several. The message names what is there.</exception>
    /// <exception cref="ArgumentException">The new one was added before, here or elsewhere, or it is this schedule or holds it, or holds
    /// the old one. Nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The schedule is built already.</exception>
    /// <remarks>What the old one's Dispose throws is thrown at the end; the new one stands in its place all the same.</remarks>
    public SystemHandle<T> Replace<TSystem>(ISystem<T> system)
        where TSystem : class, ISystem<T>
    {
        ArgumentNullException.ThrowIfNull(system);
        ThrowIfBuilt();
        return Replace(_places.The(typeof(TSystem)), system);
    }

    /// <summary>
    /// Puts a system in the place of another. Every order that names the old one, by instance, handle or type, holds for the new one,
    /// whether it was given before or is given later.
    /// </summary>
    /// <param name="old">The old one, or one that it replaced; disposed of.</param>
    /// <param name="system">The new one; owned by the schedule from now on.</param>
    /// <returns>Says what the new one comes before or after in addition.</returns>
    /// <exception cref="ArgumentException">The old one is not in this schedule; or the new one was added before, here or elsewhere, or
    /// it is this schedule or holds it, or holds the old one. Nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The schedule is built already.</exception>
    /// <remarks>What the old one's Dispose throws is thrown at the end; the new one stands in its place all the same.</remarks>
    public SystemHandle<T> Replace(ISystem<T> old, ISystem<T> system)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(system);
        ThrowIfBuilt();
        return Replace(_places.The(old), system);
    }

    /// <summary>Leaves out the one system of a type and disposes of it. What came before it still comes before what came after it.</summary>
    /// <typeparam name="TSystem">The system's type, or one that it derives from.</typeparam>
    /// <returns>This schedule.</returns>
    /// <exception cref="ScheduleException">There is no such system, or there are several. The message names what is there.</exception>
    /// <exception cref="InvalidOperationException">The schedule is built already.</exception>
    /// <remarks>Orders with it that are given later are refused when the schedule is built. What its Dispose throws is thrown at the end;
    /// it is left out all the same.</remarks>
    public Schedule<T> Remove<TSystem>()
        where TSystem : class, ISystem<T>
    {
        ThrowIfBuilt();
        return Remove(_places.The(typeof(TSystem)));
    }

    /// <summary>Leaves out a system and disposes of it. What came before it still comes before what came after it.</summary>
    /// <param name="system">The system, or one that it replaced.</param>
    /// <returns>This schedule.</returns>
    /// <exception cref="ArgumentException">It is not in this schedule.</exception>
    /// <exception cref="InvalidOperationException">The schedule is built already.</exception>
    /// <inheritdoc cref="Remove{TSystem}" path="/remarks"/>
    public Schedule<T> Remove(ISystem<T> system)
    {
        ArgumentNullException.ThrowIfNull(system);
        ThrowIfBuilt();
        return Remove(_places.The(system));
    }

    private SystemHandle<T> Replace(Place<T> place, ISystem<T> system)
    {
        ISystem<T> old = place.System;
        RequireFree(system);
        Parts.RequireApart(system, old);
        _places.Replace(place, system);
        Parts.Own(system, this);
        Parts.Release(old);
        old.Dispose();
        return new SystemHandle<T>(this, place);
    }

    private Schedule<T> Remove(Place<T> place)
    {
        _places.Remove(place);
        Parts.Release(place.System);
        place.System.Dispose();
        return this;
    }
}
