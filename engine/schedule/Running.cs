using System.Runtime.CompilerServices;

namespace Fmm.Engine;

/// <summary>What the current thread is doing for a schedule.</summary>
internal struct RunningScope
{
    /// <summary>What may be touched; null outside of a schedule: everything.</summary>
    internal Access? Access;

    /// <summary>The running system.</summary>
    internal ScheduleNode? Node;

    /// <summary>The worker's number, which selects its counters.</summary>
    internal int Worker;

    /// <summary>Whether a unit is running, so that another For is refused.</summary>
    internal bool InUnit;

    /// <summary>Counts the system's Fors, twice each: even inside their units, odd between them. Orders recorded commands.</summary>
    internal long Phase;

    /// <summary>The running unit, or 0.</summary>
    internal int Unit;
}

/// <summary>
/// The access scope of the thread: the engine's only thread-static, because access checks happen in calls that
/// carry no context (an Arch user's <c>chunk.GetSpan</c>).
/// </summary>
internal static class Running
{
    [ThreadStatic]
    private static RunningScope _scope;

    internal static ref RunningScope Scope => ref _scope;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void RequireRead(ComponentInfo info)
    {
        Access? access = _scope.Access;
        if (access is not null && !access.Allows(info, AccessKind.Read | AccessKind.Gather | AccessKind.Write | AccessKind.Create))
            Refuse(info, AccessKind.Read);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void RequireWrite(ComponentInfo info)
    {
        Access? access = _scope.Access;
        if (access is not null && !access.Allows(info, AccessKind.Write | AccessKind.Create)) Refuse(info, AccessKind.Write);
    }

    internal static void RequireCreate(ComponentInfo info)
    {
        Access? access = _scope.Access;
        if (access is not null && !access.Allows(info, AccessKind.Create)) Refuse(info, AccessKind.Create);
    }

    internal static void RequireCreate(Signature signature)
    {
        if (_scope.Access is null) return;
        if (_scope.InUnit)
            throw new InvalidOperationException($"A unit of system '{_scope.Node?.Name}' changed the rows of {signature}; record it in a CommandBuffer and play it back in the system's Update.");
        foreach (ComponentType type in signature.Types) RequireCreate(type.Info);
    }

    private static void Refuse(ComponentInfo info, AccessKind needed) =>
        throw new UndeclaredAccessException(_scope.Node?.Name ?? "?", info, needed);
}
