namespace Fmm.Engine;

/// <content>Changing what others have put in. A group runs in list order, so that a place in the list is all that a system has.</content>
public partial class SystemGroup<T>
{
    /// <summary>Puts a system in the place of the one of a type.</summary>
    /// <typeparam name="G">The old one's type, or one that it derives from; the new one need not be one.</typeparam>
    /// <param name="system">The new one; owned by the group from now on. The old one is disposed of.</param>
    /// <returns>This group.</returns>
    /// <exception cref="ScheduleException">There is no such system, or there are several. The message names what is there.</exception>
    /// <exception cref="ArgumentException">The new one is in this or another group or schedule, or it is this group or holds it, or
    /// holds the old one. Nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The schedule that runs this group is built already.</exception>
    /// <remarks>What the old one's Dispose throws is thrown at the end; the new one stands in its place all the same. A group that was
    /// initialized does not initialize what is put in later.</remarks>
    public SystemGroup<T> Replace<G>(ISystem<T> system)
        where G : class, ISystem<T>
    {
        ThrowIfBuilt();
        return Replace(IndexOf<G>(), system);
    }

    /// <summary>Puts a system in the place of another.</summary>
    /// <param name="old">The old one; disposed of.</param>
    /// <param name="system">The new one; owned by the group from now on.</param>
    /// <returns>This group.</returns>
    /// <exception cref="ArgumentException">The old one is not in this group; or the new one is in this or another group or schedule, or
    /// it is this group or holds it, or holds the old one. Nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The schedule that runs this group is built already.</exception>
    /// <inheritdoc cref="Replace{G}" path="/remarks"/>
    public SystemGroup<T> Replace(ISystem<T> old, ISystem<T> system)
    {
        ThrowIfBuilt();
        return Replace(IndexOf(old), system);
    }

    /// <summary>Leaves out the one system of a type and disposes of it.</summary>
    /// <typeparam name="G">The system's type, or one that it derives from.</typeparam>
    /// <returns>This group.</returns>
    /// <exception cref="ScheduleException">There is no such system, or there are several. The message names what is there.</exception>
    /// <exception cref="InvalidOperationException">The schedule that runs this group is built already.</exception>
    /// <remarks>What its Dispose throws is thrown at the end; it is left out all the same.</remarks>
    public SystemGroup<T> Remove<G>()
        where G : class, ISystem<T>
    {
        ThrowIfBuilt();
        return Remove(IndexOf<G>());
    }

    /// <summary>Leaves out a system and disposes of it.</summary>
    /// <param name="system">The system.</param>
    /// <returns>This group.</returns>
    /// <exception cref="ArgumentException">It is not in this group.</exception>
    /// <exception cref="InvalidOperationException">The schedule that runs this group is built already.</exception>
    /// <inheritdoc cref="Remove{G}" path="/remarks"/>
    public SystemGroup<T> Remove(ISystem<T> system)
    {
        ThrowIfBuilt();
        return Remove(IndexOf(system));
    }

    private SystemGroup<T> Replace(int index, ISystem<T> system)
    {
        ArgumentNullException.ThrowIfNull(system);
        Parts.RequireFree(system, this);
        ISystem<T> old = _systems[index];
        Parts.RequireApart(system, old);
        _systems[index] = system;
        Parts.Own(system, this);
        Parts.Release(old);
        old.Dispose();
        return this;
    }

    private SystemGroup<T> Remove(int index)
    {
        ISystem<T> system = _systems[index];
        _systems.RemoveAt(index);
        Parts.Release(system);
        system.Dispose();
        return this;
    }

    private int IndexOf(ISystem<T> system)
    {
        ArgumentNullException.ThrowIfNull(system);
        int index = _systems.FindIndex(other => ReferenceEquals(other, system));
        return index >= 0 ? index : throw new ArgumentException($"Group '{Name}' doesn't have '{Place<T>.NameOf(system)}'; it has {Names(_systems)}.", nameof(system));
    }

    private int IndexOf<G>()
        where G : class, ISystem<T>
    {
        List<ISystem<T>> found = _systems.FindAll(system => system is G);
        if (found.Count == 1) return IndexOf(found[0]);
        string name = ComponentInfo.NameOf(typeof(G));
        throw new ScheduleException(found.Count == 0
            ? $"Group '{Name}' has no {name}; it has {Names(_systems)}."
            : $"Group '{Name}' has several that {name} may mean: {Names(found)}. Name a type that only one of them is, or give its instance.");
    }

    /// <summary>What a group does is part of what its schedule has built.</summary>
    private void ThrowIfBuilt()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        object? owner = ((IPart)this).Owner;
        while (owner is SystemGroup<T>) owner = ((IPart)owner).Owner;
        (owner as Schedule<T>)?.ThrowIfBuilt();
    }

    private static string Names(List<ISystem<T>> systems) =>
        systems.Count == 0 ? "no system" : string.Join(", ", systems.Select(Place<T>.NameOf));
}
