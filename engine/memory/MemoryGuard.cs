namespace Fmm.Engine;

/// <summary>
/// How a <see cref="Ledger"/> watches over native memory: a tool for tests and for the search of a fault, off by default.
/// </summary>
/// <remarks>
/// A guarded buffer has exactly the size that was asked for and moves with every change of it, so that a pointer kept
/// past a Resize is found too; the 64 bytes past its last element that may be read must stay zero. What was freed is kept
/// away for a while, so that a write to it is found. The environment variable <c>FMM_GUARD</c> (<c>pages</c> or
/// <c>canaries</c>) sets the guard of every ledger that is made without one.
/// </remarks>
public enum MemoryGuard
{
    /// <summary>Not at all; costs nothing.</summary>
    Off,

    /// <summary>Known bytes stand before and behind each buffer and in freed memory, and are looked at when it is freed, when
    /// the world ends and in <see cref="Ledger.CheckGuards"/>: the fault is told by name, but after the fact.</summary>
    Canaries,

    /// <summary>
    /// Each buffer ends (up to 63 bytes of known content) at a page that can be read but not written, with a page behind
    /// it and one before it that can't be touched at all, and freed memory can't be touched either: the faulty
    /// instruction ends the process, and the runtime prints its stack. The known bytes are looked at as with
    /// <see cref="Canaries"/>. Linux alone; elsewhere this is <see cref="Canaries"/>.
    /// </summary>
    Pages,
}
