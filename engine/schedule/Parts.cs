namespace Fmm.Engine;

/// <summary>
/// Who holds whom among schedules and groups: a tree, in which every system stands once. Walks are loops, not recursion,
/// because the depth is the caller's. What a class of the host holds by itself is not seen here; a circle through such a class
/// is refused when the schedule is called inside of its own call.
/// </summary>
internal static class Parts
{
    /// <summary>Refuses a system that has an owner, or by which the owner to be would hold itself.</summary>
    internal static void RequireFree(object system, object owner)
    {
        if (ReferenceEquals(system, owner) || (system is IPart && Below(system).Any(part => ReferenceEquals(part, owner))))
            throw new ArgumentException($"{Described(owner)} would hold itself by way of {Described(system)}, and never come to an end; take that one out.", nameof(system));
        if (system is IPart { Owner: { } other })
            throw new ArgumentException($"{Described(system)} is in {Described(other)} already, which runs it and disposes of it; add another instance.", nameof(system));
        if (Below(owner).Any(part => ReferenceEquals(part, system)))
            throw new ArgumentException($"{Described(system)} is in {Described(owner)} already; add another instance.", nameof(system));
    }

    /// <summary>Refuses a system that holds the one which it replaces, and would run it when it is disposed of.</summary>
    internal static void RequireApart(object system, object replaced)
    {
        if (Below(system).Any(part => ReferenceEquals(part, replaced)))
            throw new ArgumentException($"{Described(system)} holds {Described(replaced)}, which is disposed of when it is replaced; give it another instance.", nameof(system));
    }

    internal static void Own(object system, object owner)
    {
        if (system is IPart part) part.Owner = owner;
    }

    internal static void Release(object system)
    {
        if (system is IPart part) part.Owner = null;
    }

    /// <summary>The worlds that the systems below work on.</summary>
    /// <exception cref="ScheduleException">A system stands below twice.</exception>
    internal static World[] Worlds(object root, string schedule)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var worlds = new HashSet<World>(ReferenceEqualityComparer.Instance);
        foreach (object part in Below(root))
        {
            if (!seen.Add(part))
                throw new ScheduleException($"Schedule '{schedule}' holds {Described(part)} twice by way of its groups; add another instance.");
            if (part is IPart { World: { } world }) worlds.Add(world);
        }
        return [.. worlds];
    }

    /// <summary>All that a system runs, and what that runs; not itself.</summary>
    internal static IEnumerable<object> Below(object root)
    {
        var waiting = new Stack<object>();
        waiting.Push(root);
        while (waiting.TryPop(out object? next))
        {
            if (next is not IPart part) continue;
            foreach (object child in part.Parts)
            {
                yield return child;
                waiting.Push(child);
            }
        }
    }

    private static string Described(object part) => part switch
    {
        IDeclared declared => $"'{declared.Name}'",
        _ => part.ToString() ?? part.GetType().Name,
    };
}
