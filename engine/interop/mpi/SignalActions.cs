using System.Runtime.InteropServices;

namespace Fmm.Engine.Interop;

/// <summary>
/// What the process does on signals, kept while a library of MPI is loaded and started. UCX, which Debian's MPICH loads, prints a stack and ends the process on SIGSEGV,
/// which is how the runtime learns of a null reference.
/// </summary>
internal static unsafe class SignalActions
{
    private const int RoomBytes = 256; // a struct sigaction has 152 bytes in glibc

    // Those that the runtime or a host acts on: INT, QUIT, ILL, TRAP, ABRT, BUS, FPE, SEGV, TERM, CHLD, CONT.
    private static readonly int[] _signals = OperatingSystem.IsMacOS() ? [2, 3, 4, 5, 6, 10, 8, 11, 15, 20, 19] : [2, 3, 4, 5, 6, 7, 8, 11, 15, 17, 18];

    /// <summary>Does something, and sets the actions as they were before.</summary>
    /// <param name="action">What may change them.</param>
    public static T Keep<T>(Func<T> action)
    {
        // The C library's own: UCX puts another in front of it, which takes no other action than UCX's.
        if (!NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "sigaction", out nint address)) return action();
        var sigaction = (delegate* unmanaged[Cdecl]<int, void*, void*, int>)address;
        byte* before = stackalloc byte[_signals.Length * RoomBytes];
        for (int i = 0; i < _signals.Length; i++) _ = sigaction(_signals[i], null, before + (i * RoomBytes));
        try
        {
            return action();
        }
        finally
        {
            for (int i = 0; i < _signals.Length; i++) _ = sigaction(_signals[i], before + (i * RoomBytes), null);
        }
    }
}
