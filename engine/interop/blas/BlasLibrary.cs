using System.Runtime.InteropServices;

namespace Fmm.Engine.Interop;

/// <summary>
/// Raw bindings to a library of BLAS and LAPACK, bound when the program runs: Intel's MKL (libmkl_rt) or OpenBLAS, which
/// export the same functions by the same names. Integers are 32 bits wide (LP64).
/// </summary>
/// <remarks>
/// The functions carry the libraries' own names and types and check nothing. A loaded library stays loaded: both keep
/// threads and per-thread buffers that outlive an unload.
/// </remarks>
internal sealed unsafe class BlasLibrary
{
    private static readonly string[] _mklNames = OperatingSystem.IsWindows()
        ? ["mkl_rt.2.dll", "mkl_rt.1.dll", "mkl_rt.dll"]
        : OperatingSystem.IsMacOS() ? ["libmkl_rt.2.dylib", "libmkl_rt.dylib"]
        : ["libmkl_rt.so.2", "libmkl_rt.so.1", "libmkl_rt.so"];

    private static readonly string[] _openBlasNames = OperatingSystem.IsWindows()
        ? ["libopenblas.dll", "openblas.dll"]
        : OperatingSystem.IsMacOS() ? ["libopenblas.0.dylib", "libopenblas.dylib"]
        : ["libopenblas.so.0", "libopenblas.so"];

#pragma warning disable CA1051 // The fields are the library's functions.
    /// <summary>Single precision: C = alpha op(A) op(B) + beta C.</summary>
    public readonly delegate* unmanaged[Cdecl]<CBLAS_LAYOUT, CBLAS_TRANSPOSE, CBLAS_TRANSPOSE, int, int, int, float, float*, int, float*, int, float, float*, int, void> cblas_sgemm;

    /// <summary>Double precision: C = alpha op(A) op(B) + beta C.</summary>
    public readonly delegate* unmanaged[Cdecl]<CBLAS_LAYOUT, CBLAS_TRANSPOSE, CBLAS_TRANSPOSE, int, int, int, double, double*, int, double*, int, double, double*, int, void> cblas_dgemm;

    /// <summary>LAPACK's divide-and-conquer singular value decomposition, by its Fortran name; the last argument is the hidden length of the first.</summary>
    public readonly delegate* unmanaged[Cdecl]<byte*, int*, int*, double*, int*, double*, double*, int*, double*, int*, double*, int*, int*, int*, nint, void> dgesdd_;
#pragma warning restore CA1051

    // Once a process: looking for a library again and again would touch the environment under the host's threads.
    private static readonly Lazy<BlasLibrary?> _mkl = new(() => TryLoad(_mklNames, mkl: true));
    private static readonly Lazy<BlasLibrary?> _openBlas = new(() => OpenBlasCoreType.During(() => TryLoad(_openBlasNames, mkl: false)));

    // OpenBLAS has one number of threads for the whole process, which is the host's: it is 1 while calls of ours run.
    private static readonly Lock _gate = new();
    private static int _running;
    private static int _hosts;
    private readonly delegate* unmanaged[Cdecl]<int, int> _mklSetNumThreadsLocal;
    private readonly delegate* unmanaged[Cdecl]<int> _openBlasThreads;
    private readonly delegate* unmanaged[Cdecl]<int, void> _openBlasSetThreads;

    private BlasLibrary(nint handle, bool mkl)
    {
        cblas_sgemm = (delegate* unmanaged[Cdecl]<CBLAS_LAYOUT, CBLAS_TRANSPOSE, CBLAS_TRANSPOSE, int, int, int, float, float*, int, float*, int, float, float*, int, void>)NativeLibrary.GetExport(handle, "cblas_sgemm");
        cblas_dgemm = (delegate* unmanaged[Cdecl]<CBLAS_LAYOUT, CBLAS_TRANSPOSE, CBLAS_TRANSPOSE, int, int, int, double, double*, int, double*, int, double, double*, int, void>)NativeLibrary.GetExport(handle, "cblas_dgemm");
        dgesdd_ = (delegate* unmanaged[Cdecl]<byte*, int*, int*, double*, int*, double*, double*, int*, double*, int*, double*, int*, int*, int*, nint, void>)NativeLibrary.GetExport(handle, "dgesdd_");
        if (mkl)
        {
            _mklSetNumThreadsLocal = (delegate* unmanaged[Cdecl]<int, int>)NativeLibrary.GetExport(handle, "MKL_Set_Num_Threads_Local");
            Name = MklName(handle);
        }
        else
        {
            _openBlasThreads = (delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(handle, "openblas_get_num_threads");
            _openBlasSetThreads = (delegate* unmanaged[Cdecl]<int, void>)NativeLibrary.GetExport(handle, "openblas_set_num_threads");
            Name = OpenBlasName(handle);
        }
    }

    /// <summary>The library and its version, and for OpenBLAS the processor that its kernels are for.</summary>
    public string Name { get; }

    /// <summary>Binds MKL; null if it is not installed.</summary>
    public static BlasLibrary? TryLoadMkl() => _mkl.Value;

    /// <summary>Binds OpenBLAS, with its kernels chosen by <see cref="OpenBlasCoreType"/>; null if it is not installed.</summary>
    public static BlasLibrary? TryLoadOpenBlas() => _openBlas.Value;

    /// <summary>Makes the calls of this thread run on this thread alone; returns what <see cref="LeaveSingleThreaded"/> takes back.</summary>
    public int EnterSingleThreaded()
    {
        if (_mklSetNumThreadsLocal != null) return _mklSetNumThreadsLocal(1);
        lock (_gate)
        {
            if (_running++ > 0) return 0;
            _hosts = _openBlasThreads();
            if (_hosts != 1) _openBlasSetThreads(1);
            return 0;
        }
    }

    /// <summary>Restores the setting.</summary>
    /// <param name="threads">What <see cref="EnterSingleThreaded"/> returned.</param>
    public void LeaveSingleThreaded(int threads)
    {
        if (_mklSetNumThreadsLocal != null)
        {
            _ = _mklSetNumThreadsLocal(threads);
            return;
        }

        lock (_gate)
        {
            if (--_running == 0 && _hosts != 1) _openBlasSetThreads(_hosts);
        }
    }

    private static BlasLibrary? TryLoad(string[] names, bool mkl)
    {
        foreach (string name in names)
        {
            if (!NativeLibrary.TryLoad(name, out nint handle)) continue;
            // A library that lacks LAPACK or the C names is as good as none.
            if (NativeLibrary.TryGetExport(handle, "cblas_dgemm", out _) && NativeLibrary.TryGetExport(handle, "dgesdd_", out _))
                return new BlasLibrary(handle, mkl);
        }

        return null;
    }

    private static string OpenBlasName(nint handle)
    {
        string config = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged[Cdecl]<byte*>)NativeLibrary.GetExport(handle, "openblas_get_config"))()) ?? "";
        string core = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged[Cdecl]<byte*>)NativeLibrary.GetExport(handle, "openblas_get_corename"))()) ?? "";
        string[] words = config.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 ? $"OpenBLAS {words[1]} ({core})" : $"OpenBLAS ({core})";
    }

    private static string MklName(nint handle)
    {
        if (!NativeLibrary.TryGetExport(handle, "MKL_Get_Version_String", out nint function)) return "MKL";
        byte* text = stackalloc byte[256];
        ((delegate* unmanaged[Cdecl]<byte*, int, void>)function)(text, 256);
        string version = new string((sbyte*)text, 0, 256).Split('\0')[0].Trim();
        return version.StartsWith("Intel", StringComparison.Ordinal) ? version : $"MKL {version}";
    }
}
