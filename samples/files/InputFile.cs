using Fmm.Files;

namespace Fmm.Samples;

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

    private static int? Standing(string path) => path == StandardInput ? Descriptor.Input : Descriptor.Named(path);

    private static FileIdentity? Identity(string path, int? descriptor) => descriptor is int one ? FileIdentity.Of(one) : FileIdentity.Of(path);
}
