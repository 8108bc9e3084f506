using System.Runtime.InteropServices;

namespace Fmm.Files;

/// <summary>The few calls of the C library that .NET has no word for: descriptors that were handed to the process, and who owns a file.</summary>
internal static unsafe partial class Posix
{
    internal const int CloseOnExec = 1;
    internal const int WriteAccess = 2;
    internal const int InterruptedCall = 4, BadDescriptor = 9, TryAgain = 11, NoSuchDevice = 6, BrokenPipe = 32;
    internal const int NotPermitted = 1, NoAccess = 13, ReadOnlySystem = 30, NameTooLong = 36;
    internal const short CanRead = 1, CanWrite = 4;

    // fcntl(2): commands; open(2): flags. The numbers are Linux's on x64 and arm64.
    internal const int GetDescriptorFlags = 1, GetStatusFlags = 3, SetStatusFlags = 4, DuplicateAndCloseOnExec = 1030;
    internal const int OpenForWriting = 1, NonBlocking = 0x800, OpenCloseOnExec = 0x80000;

    // statx(2): the path itself is a descriptor; every basic field.
    internal const int CurrentFolder = -100, EmptyPath = 0x1000, BasicFields = 0x7ff;
    internal const nuint WindowSize = 0x5413;

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, byte* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, byte* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(PollRequest* requests, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    internal static partial int ChangeOwner(int descriptor, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint User();

    [LibraryImport("libc", EntryPoint = "isatty", SetLastError = true)]
    internal static partial int IsTerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int DeviceControl(int descriptor, nuint request, ushort* argument);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Status(int folder, string path, int flags, uint mask, byte* status);

    // signal(2), with what it does by default; execvp(3): the words end with a null.
    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    internal static partial nint Signal(int number, nint action);

    [LibraryImport("libc", EntryPoint = "execvp", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Execute(string program, string?[] words);

    [LibraryImport("libc", EntryPoint = "_exit")]
    internal static partial void Exit(int code);

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollRequest
    {
        public int Descriptor;
        public short Wanted;
        public short Found;
    }
}
