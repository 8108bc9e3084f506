using System.Diagnostics;

namespace Fmm.Samples;

/// <summary>The largest amount of physical memory that the process held.</summary>
public static class PeakMemory
{
    /// <summary>Bytes at the peak so far.</summary>
    public static long Bytes()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
