namespace Fmm.Samples;

/// <summary>Starts the count of peak memory anew, where the system has a way to.</summary>
internal static class PeakWatch
{
    private const string ResetFile = "/proc/self/clear_refs";

    /// <summary>Forgets the peak so far; false where it can't be forgotten, and the peak remains that of the whole process.</summary>
    public static bool Restart()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        try
        {
            // 5 resets the high-water mark of the resident set, see proc(5).
            if (!File.Exists(ResetFile)) return false;
            File.WriteAllText(ResetFile, "5");
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
