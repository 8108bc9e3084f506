using System.Globalization;

namespace Fmm.Samples;

/// <summary>Memory that the process can still take: what the machine has free, or the control group that it runs in allows.</summary>
internal static class FreeMemory
{
    private const string Groups = "/sys/fs/cgroup";
    private const long Kilobyte = 1024;

    /// <summary>Bytes; null where the system does not tell.</summary>
    public static long? Bytes()
    {
        long? machine = OfMachine();
        if (machine is null) return null;
        long least = machine.Value;
        foreach ((string limit, string used, string statistics) in GroupFiles())
        {
            // A group without a limit says "max", or in the first version a number beyond all memory.
            if (Number(limit) is not long most || Number(used) is not long taken) continue;
            least = Math.Min(least, Math.Max(0, most - taken + Reclaimable(statistics)));
        }

        return least;
    }

    private static long? OfMachine()
    {
        const string Line = "MemAvailable:";
        foreach (string line in Lines("/proc/meminfo"))
        {
            if (line.StartsWith(Line, StringComparison.Ordinal)
                && long.TryParse(line.AsSpan(Line.Length).Trim().TrimEnd(" kB"), NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes))
            {
                return kilobytes * Kilobyte;
            }
        }

        return null;
    }

    /// <summary>The group of the process and those above it, each of which may have a limit, for both versions of the interface.</summary>
    private static IEnumerable<(string Limit, string Used, string Statistics)> GroupFiles()
    {
        foreach (string line in Lines("/proc/self/cgroup"))
        {
            string[] parts = line.Split(':', 3);
            if (parts.Length != 3) continue;
            bool second = parts[0] == "0" && parts[1].Length == 0;
            if (!second && !parts[1].Split(',').Contains("memory")) continue;
            string root = second ? Groups : $"{Groups}/memory";
            for (string? group = parts[2]; group is not null; group = Path.GetDirectoryName(group))
            {
                string folder = root + group.TrimEnd('/');
                yield return second
                    ? ($"{folder}/memory.max", $"{folder}/memory.current", $"{folder}/memory.stat")
                    : ($"{folder}/memory.limit_in_bytes", $"{folder}/memory.usage_in_bytes", $"{folder}/memory.stat");
            }
        }
    }

    /// <summary>Cached files count as used, and are given up before anything is refused.</summary>
    private static long Reclaimable(string statistics)
    {
        const string Second = "inactive_file ", First = "total_inactive_file ";
        string[] lines = Lines(statistics);
        string? line = lines.FirstOrDefault(one => one.StartsWith(First, StringComparison.Ordinal)) ?? lines.FirstOrDefault(one => one.StartsWith(Second, StringComparison.Ordinal));
        return line is not null && long.TryParse(line.AsSpan(line.IndexOf(' ') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : 0;
    }

    private static long? Number(string file) =>
        Lines(file) is [string line, ..] && long.TryParse(line.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;

    private static string[] Lines(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllLines(file) : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
