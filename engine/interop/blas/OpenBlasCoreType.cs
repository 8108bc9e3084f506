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
    private const string CoreType = "OPENBLAS_CORETYPE", Threads = "OPENBLAS_NUM_THREADS";

    /// <summary>
    /// Loads with <c>OPENBLAS_CORETYPE</c> in the native environment, where the library reads it when it is loaded, unless the user has set it, and takes it out again:
    /// the environment is the host's. <see cref="Environment.SetEnvironmentVariable(string, string)"/> does not reach that place.
    /// </summary>
    /// <param name="load">Loads the library.</param>
    public static BlasLibrary? During(Func<BlasLibrary?> load)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) return load();
        // One thread: without it the library starts a team that spins for a while, only to be sent home.
        bool hasThreads = getenv(Threads) != 0, hasType = getenv(CoreType) != 0;
        if (!hasThreads) _ = setenv(Threads, "1", 0);
        if (!hasType && Choice() is { } type) _ = setenv(CoreType, type, 0);
        try
        {
            return load();
        }
        finally
        {
            if (!hasThreads) _ = unsetenv(Threads);
            if (!hasType) _ = unsetenv(CoreType);
        }
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

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unsetenv(string name);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint getenv(string name);
}
