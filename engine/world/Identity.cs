namespace Fmm.Engine;

/// <summary>
/// Numbers that no two worlds, and no two recordings, of a process share. The one thing that worlds have in common: without
/// it a name of one could not be told from a name of another. No result depends on it.
/// </summary>
internal static class Identity
{
    private static int _worlds;
    private static long _recordings;

    /// <summary>The number of a new world, never 0.</summary>
    internal static int NextWorld()
    {
        int next = Interlocked.Increment(ref _worlds);
        return next != 0 ? next : Interlocked.Increment(ref _worlds);
    }

    /// <summary>The number of a new recording of a command buffer.</summary>
    internal static long NextRecording() => Interlocked.Increment(ref _recordings);
}
