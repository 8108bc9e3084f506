using System.Globalization;

namespace Fmm.Files;

/// <summary>Descriptors that the process was started with: the three standard ones, and those that a shell hands on (&gt;(...), 3&gt;file).</summary>
internal static class Descriptor
{
    /// <summary>Standard input, output and error.</summary>
    public const int Input = 0, Output = 1, Error = 2;

    private const int MostLinks = 40;

    /// <summary>
    /// True where the process got the descriptor from who started it. A standard stream that was closed at the start is not free:
    /// the runtime's own pipes lie there, and writing into them would end the process. They differ in being closed at exec.
    /// </summary>
    public static bool IsInherited(int descriptor) =>
        Posix.Control(descriptor, Posix.GetDescriptorFlags, 0) is int flags and >= 0 && (flags & Posix.CloseOnExec) == 0;

    /// <summary>The descriptor that a path names, such as 1 for /dev/stdout or a link to it; null where it names none.</summary>
    public static int? Named(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        string at = Path.GetFullPath(path);
        for (int links = 0; links < MostLinks; links++)
        {
            if (Number(at) is int descriptor) return descriptor;
            if (new FileInfo(at).LinkTarget is not string next) return null;
            at = Path.GetFullPath(next, Path.GetDirectoryName(at) ?? "/");
        }

        return null;
    }

    private static int? Number(string path)
    {
        ReadOnlySpan<string> folders = ["/dev/fd/", "/proc/self/fd/", "/proc/thread-self/fd/", $"/proc/{Environment.ProcessId}/fd/"];
        foreach (string folder in folders)
        {
            if (path.StartsWith(folder, StringComparison.Ordinal)
                && int.TryParse(path.AsSpan(folder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor))
            {
                return descriptor;
            }
        }

        return null;
    }
}
