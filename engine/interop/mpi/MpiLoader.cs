using System.Runtime.InteropServices;

namespace Fmm.Engine.Interop;

/// <summary>Finds the library of MPI that belongs to this process, and loads it.</summary>
internal static unsafe class MpiLoader
{
    /// <summary>The variable by which the user names the library.</summary>
    public const string Variable = "FMM_MPI";

    private const int Now = 2; // RTLD_NOW
    private static readonly int _global = OperatingSystem.IsMacOS() ? 8 : 0x100; // RTLD_GLOBAL
    private static readonly int _onlyLoaded = OperatingSystem.IsMacOS() ? 0x10 : 4; // RTLD_NOLOAD

    // Debian has both families beside each other, by these names; libmpi.so alone may be either.
    private static readonly string[] _openMpi = OperatingSystem.IsMacOS() ? ["libmpi.40.dylib"] : ["libmpi.so.40", "libmpi_ibm.so.3", "libmpi.so.20"];
    private static readonly string[] _mpich = OperatingSystem.IsMacOS() ? ["libmpi.12.dylib", "libmpich.12.dylib"]
        : ["libmpi.so.12", "libmpich.so.12", "libmpi_gnu_123.so.12", "libmpi_gnu_91.so.12", "libmpi_cray.so.12"];

    /// <summary>The names under which a family's libraries are looked for.</summary>
    public static IEnumerable<string> Names(MpiFamily family) => family == MpiFamily.OpenMpi ? _openMpi : _mpich;

    /// <summary>The library that the host has loaded; null if it has none.</summary>
    public static MpiLibrary? Loaded() => Names(MpiFamily.OpenMpi).Concat(Names(MpiFamily.Mpich)).Select(name => TryLoad(name, onlyLoaded: true)).FirstOrDefault(library => library is not null);

    /// <summary>The first library of these families that is installed; null if none is.</summary>
    public static MpiLibrary? Load(IEnumerable<MpiFamily> families) => families.SelectMany(family => Names(family)
        .Select(name => TryLoad(name)).Where(library => library?.IsOpenMpi == (family == MpiFamily.OpenMpi))).FirstOrDefault();

    /// <summary>Loads a library by its name or path; null if there is none, or it is not one of MPI.</summary>
    /// <remarks>For all to see (RTLD_GLOBAL): Open MPI's plug-ins take the library's functions from there, as Debian links them.</remarks>
    public static MpiLibrary? TryLoad(string name, bool onlyLoaded = false)
    {
        if (!NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "dlopen", out nint dlopen)) return null;
        nint text = Marshal.StringToCoTaskMemUTF8(name);
        try
        {
            nint handle = SignalActions.Keep(() => ((delegate* unmanaged[Cdecl]<nint, int, nint>)dlopen)(text, Now | _global | (onlyLoaded ? _onlyLoaded : 0)));
            return handle != 0 && NativeLibrary.TryGetExport(handle, nameof(MpiLibrary.MPI_Init_thread), out _) ? new MpiLibrary(handle) : null;
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }
}
