using System.Globalization;

namespace Fmm.Files;

/// <summary>
/// The temporary files of outputs on their way: fmm.PROCESS.START.NUMBER.partial. The name does not hold the output's, so that it is
/// never too long where that one is not; process and start tell who is writing, also after the process's number was given to another.
/// </summary>
internal static class PartialFiles
{
    private const string Prefix = "fmm.", Suffix = ".partial";

    /// <summary>The name of this process's temporary file.</summary>
    /// <param name="number">Sets several apart in one folder.</param>
    public static string Name(int number) => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}.{Start(Environment.ProcessId) ?? "0"}.{number}{Suffix}");

    /// <summary>
    /// Removes from a folder what this user's processes left that ended without a chance to do it (kill -9, a power cut). A file stays
    /// whose process runs, that belongs to another user, or that somebody holds locked: a process in another container, say.
    /// </summary>
    public static void RemoveDead(string folder)
    {
        if (!OperatingSystem.IsLinux() || Start(Environment.ProcessId) is null) return;
        try
        {
            foreach (string file in Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}"))
                if (IsDead(Path.GetFileName(file)) && IsOurs(file)) Remove(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A folder that can be written but not read: nothing is found in it.
        }
    }

    private static bool IsDead(string name)
    {
        string[] parts = name[Prefix.Length..^Suffix.Length].Split('.');
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            && ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && Start(process) != parts[1];
    }

    private static bool IsOurs(string file) =>
        new FileInfo(file).LinkTarget is null && FileIdentity.Of(file) is { Kind: FileKind.Regular } found && found.User == Posix.User();

    private static void Remove(string file)
    {
        try
        {
            // The writer holds the file locked; the system lets go of the lock with the process.
            using FileStream held = new(file, FileMode.Open, FileAccess.Write, FileShare.None);
            File.Delete(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Somebody writes it, or has just removed it.
        }
    }

    /// <summary>When a process started, in ticks since the system did (proc(5), stat, field 22); null where there is no such process.</summary>
    private static string? Start(int process)
    {
        const int StartAfterName = 20;
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 1)..].Split(' ')[StartAfterName];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
