using Fmm.Files;

namespace Fmm.Samples;

/// <summary>The columns of a terminal.</summary>
internal static class ScreenWidth
{
    private const int Usual = 80;

    /// <summary>The columns of the terminal under a descriptor, as they are now; 80 where it does not tell.</summary>
    public static unsafe int Of(int descriptor)
    {
        if (!OperatingSystem.IsLinux()) return Usual;
        ushort* size = stackalloc ushort[4]; // struct winsize: rows, columns, and two of pixels
        return Posix.DeviceControl(descriptor, Posix.WindowSize, size) == 0 && size[1] > 0 ? size[1] : Usual;
    }
}
