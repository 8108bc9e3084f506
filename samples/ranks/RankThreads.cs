using System.Text;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>Threads of a rank where the user does not say: those of its machine, shared among the ranks there.</summary>
internal static class RankThreads
{
    /// <summary>The processors that this rank may use over the ranks that may use the same ones, 1 at least.</summary>
    /// <remarks>
    /// Ranks that a launcher pins to processors of their own share them with nobody; without pinning all ranks of a machine share all. So it is the set of processors
    /// that is compared, which no launcher's environment tells as well.
    /// </remarks>
    public static int Share(IRanks ranks)
    {
        if (ranks.Count == 1) return Environment.ProcessorCount;
        ulong own = Fingerprint.Of(Encoding.UTF8.GetBytes(Processors()));
        return Math.Max(1, Environment.ProcessorCount / ranks.Gather(own).Count(one => one == own));
    }

    // A machine has a name; a container has one of its own, and its own limits.
    private static string Processors()
    {
        const string Allowed = "Cpus_allowed_list:";
        string? list = OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Allowed, StringComparison.Ordinal)) : null;
        return $"{Environment.MachineName} {list}";
    }
}
