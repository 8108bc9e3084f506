using System.Text;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>What a rank may take of the machine that it shares with other ranks.</summary>
/// <param name="Ranks">Ranks on this machine, 1 or more.</param>
/// <param name="Threads">Threads of this rank where the user does not say: the processors that it may use over the ranks that may use the same ones, 1 at least.</param>
/// <remarks>
/// Ranks that a launcher pins to processors of their own share them with nobody; without pinning all ranks of a machine share all. So it is the set of processors that is compared, which
/// no launcher's environment tells as well.
/// </remarks>
internal sealed record RankMachine(int Ranks, int Threads)
{
    /// <summary>Looks; all ranks call it.</summary>
    public static RankMachine Of(IRanks ranks)
    {
        if (ranks.Count == 1) return new(1, Environment.ProcessorCount);
        // A container has a name of its own, and limits of its own.
        int machine = Sharing(ranks, Environment.MachineName), processors = Sharing(ranks, $"{Environment.MachineName} {Processors()}");
        return new(machine, Math.Max(1, Environment.ProcessorCount / processors));
    }

    private static int Sharing(IRanks ranks, string what)
    {
        ulong own = Fingerprint.Of(Encoding.UTF8.GetBytes(what));
        return ranks.Gather(own).Count(one => one == own);
    }

    private static string? Processors()
    {
        const string Allowed = "Cpus_allowed_list:";
        return OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Allowed, StringComparison.Ordinal)) : null;
    }
}
