using System.Runtime.InteropServices;

namespace Fmm.Files;

/// <summary>Which file it is, by whatever name: device and inode; what kind of file; whose, and who may do what with it.</summary>
/// <param name="Device">The device's number.</param>
/// <param name="Inode">The file's number on the device.</param>
/// <param name="Kind">What sort of file it is.</param>
/// <param name="Mode">Permissions: the lower twelve bits of the mode.</param>
/// <param name="User">The owner.</param>
/// <param name="Group">The owning group.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, FileKind Kind, UnixFileMode Mode, uint User, uint Group)
{
    private const int StatusBytes = 256;

    /// <summary>The file that a path leads to, through links; null where there is none, or where the system can't tell.</summary>
    public static FileIdentity? Of(string path) => Read(Posix.CurrentFolder, path, 0);

    /// <summary>The file that is open under a descriptor; null where it is closed, or where the system can't tell.</summary>
    public static FileIdentity? Of(int descriptor) => Read(descriptor, "", Posix.EmptyPath);

    /// <summary>
    /// True where bytes written to both would meet in one file. A terminal and other character devices are no file: words and
    /// data may share a screen.
    /// </summary>
    public static bool Meet(FileIdentity? one, FileIdentity? other) =>
        one is { } a && other is { } b && a.Kind != FileKind.CharacterDevice && (a.Device, a.Inode) == (b.Device, b.Inode);

    // struct statx of statx(2) is laid out the same on every architecture.
    private static unsafe FileIdentity? Read(int folder, string path, int flags)
    {
        if (!OperatingSystem.IsLinux()) return null;
        byte* status = stackalloc byte[StatusBytes];
        try
        {
            if (Posix.Status(folder, path, flags, Posix.BasicFields, status) != 0) return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null; // a C library from before 2018
        }

        ReadOnlySpan<byte> found = new(status, StatusBytes);
        ushort mode = MemoryMarshal.Read<ushort>(found[28..]);
        return new FileIdentity(
            ((ulong)MemoryMarshal.Read<uint>(found[136..]) << 32) | MemoryMarshal.Read<uint>(found[140..]),
            MemoryMarshal.Read<ulong>(found[32..]), (FileKind)(mode >> 12), (UnixFileMode)(mode & 0xfff),
            MemoryMarshal.Read<uint>(found[20..]), MemoryMarshal.Read<uint>(found[24..]));
    }
}
