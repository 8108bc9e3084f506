using System.Runtime.InteropServices;
using System.Text;

namespace Fmm.Engine.Interop;

/// <summary>
/// The process's standard error stream, past Console: that sets up a terminal by characters which nobody wants to see, and Open MPI gives its ranks one. A line is
/// written at once, so that those of several ranks stay whole, and behind what others have written where it is a file.
/// </summary>
internal static unsafe class StandardError
{
    /// <summary>Writes a line, if somebody is there to read it.</summary>
    public static void Write(string line)
    {
        if (!NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "write", out nint write)) return;
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        fixed (byte* data = bytes) _ = ((delegate* unmanaged[Cdecl]<int, byte*, nint, nint>)write)(2, data, bytes.Length);
    }
}
