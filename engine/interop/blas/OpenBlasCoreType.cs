using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Fmm.Engine.Interop;

/// <summary>
/// Tells OpenBLAS which kernels to take on a processor that it does not know. It knows them by family and model and
/// not by what they can do: release 0.3.21 on a Zen 5 takes its Haswell kernels, 128 GFLOP/s in single precision where
/// the AVX-512 ones reach 236, and an unknown Intel gets kernels without AVX.
/// </summary>
internal static partial class OpenBlasCoreType
{
    /// <summary>
    /// Sets <c>OPENBLAS_CORETYPE</c> in the native environment, where the library reads it when it is loaded, unless
    /// the user has set it. <see cref="Environment.SetEnvironmentVariable(string, string)"/> does not reach that place.
    /// </summary>
    public static void Prepare()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) return;
        // One thread: without it the library starts a team that spins for a while, only to be sent home.
        _ = setenv("OPENBLAS_NUM_THREADS", "1", 0);
        if (Choice() is { } type) _ = setenv("OPENBLAS_CORETYPE", type, 0);
    }

    private static string? Choice()
    {
        if (!X86Base.IsSupported) return null;
        if (Avx512F.IsSupported && Avx512BW.IsSupported && Avx512CD.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported)
            return "SkylakeX";
        return Avx2.IsSupported && Fma.IsSupported && !IsKnownZen() ? "Haswell" : null;
    }

    // Families 17h to 19h are Zen 1 to 4, which every release of the last years detects and has kernels for.
    private static bool IsKnownZen()
    {
        (_, int vendor, _, _) = X86Base.CpuId(0, 0);
        (int signature, _, _, _) = X86Base.CpuId(1, 0);
        int family = (signature >> 8) & 0xF;
        if (family == 0xF) family += (signature >> 20) & 0xFF;
        const int Auth = 0x68747541, Hygo = 0x6F677948; // the first four letters of AuthenticAMD, HygonGenuine
        return vendor is Auth or Hygo && family is >= 0x17 and <= 0x19;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
