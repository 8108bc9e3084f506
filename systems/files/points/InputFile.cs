namespace Fmm.Files;

/// <summary>Opens what is to be read: a path, - for standard input, or a descriptor that a shell hands on.</summary>
internal static class InputFile
{
    private const string StandardInput = "-";

    /// <summary>Opens a file for reading from its beginning to its end, once.</summary>
    /// <exception cref="IOException">It can't be opened.</exception>
    public static Stream Open(string path)
    {
        if (Standing(path) is not int one) return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        return OperatingSystem.IsLinux() ? DescriptorStream.Inherited(one, Name(path)) : Console.OpenStandardInput();
    }

    /// <summary>What messages call a file.</summary>
    public static string Name(string path) => path == StandardInput ? "standard input" : path;

    /// <summary>True where two names lead to one stream that can be read only once: standard input, or a pipe.</summary>
    public static bool AreOneStream(string path, string other)
    {
        int? one = Standing(path), two = Standing(other);
        return (one is not null && one == two)
            || (Identity(path, one) is { Kind: not FileKind.Regular and not FileKind.Folder } found && FileIdentity.Meet(found, Identity(other, two)));
    }

    /// <summary>True for standard input and other streams that the process was started with.</summary>
    public static bool IsStream(string path) => Standing(path) is not null || FileIdentity.Of(path) is { Kind: not FileKind.Regular and not FileKind.Folder };

    /// <summary>True for what the system says about files that can't be read, and for nothing that is told in our words already.</summary>
    public static bool IsFault(Exception fault) => fault is (IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException) and not DataFileException;

    /// <summary>Why a file can't be read, in our words.</summary>
    public static DataFileException Refusal(string path, Exception fault)
    {
        string reason = fault switch
        {
            OutputException => fault.Message[(fault.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..],
            _ when path.Length == 0 => "the name is empty; name a file",
            _ when Directory.Exists(path) => "this is a folder; name a file in it",
            FileNotFoundException or DirectoryNotFoundException => "there is no such file; check the path",
            UnauthorizedAccessException => "reading is not permitted; check the file's permissions",
            _ => $"the file can't be read: {fault.Message}",
        };
        return new DataFileException(path.Length == 0 ? "''" : Name(path), reason, fault);
    }

    private static int? Standing(string path) => path == StandardInput ? Descriptor.Input : Descriptor.Named(path);

    private static FileIdentity? Identity(string path, int? descriptor) => descriptor is int one ? FileIdentity.Of(one) : FileIdentity.Of(path);
}
