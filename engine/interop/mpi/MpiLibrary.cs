using System.Runtime.InteropServices;

namespace Fmm.Engine.Interop;

/// <summary>
/// Raw bindings to a library of MPI, bound when the program runs, of either of the two families that clusters have: Open MPI, whose handles are addresses of
/// symbols, and MPICH with what shares its binary interface (Intel MPI, MVAPICH, Cray), whose handles are numbers of 32 bits.
/// </summary>
/// <remarks>
/// The functions carry the standard's names and check nothing. Handles are as wide as an address here: where the library takes 32 bits, it reads the lower half of
/// a register or of a place of 8 bytes. For the same reason a handle that it writes has 8 bytes, which are zero before. A status has at most 24 bytes in both.
/// </remarks>
internal sealed unsafe class MpiLibrary
{
    /// <summary>The level of threads that the ranks need: calls from any thread, one at a time.</summary>
    public const int MPI_THREAD_SERIALIZED = 2;

    /// <summary>Bytes that a status has room in.</summary>
    public const int StatusBytes = 64;

    private const int TextBytes = 8192; // MPICH's longest; Open MPI's are 256

#pragma warning disable CA1051 // The fields are the library's functions.
    public readonly delegate* unmanaged[Cdecl]<int*, int> MPI_Initialized, MPI_Finalized, MPI_Query_thread;
    public readonly delegate* unmanaged[Cdecl]<int*, byte***, int, int*, int> MPI_Init_thread;
    public readonly delegate* unmanaged[Cdecl]<int> MPI_Finalize;
    public readonly delegate* unmanaged[Cdecl]<nint, int, int> MPI_Abort;
    public readonly delegate* unmanaged[Cdecl]<nint, nint*, int> MPI_Comm_dup;
    public readonly delegate* unmanaged[Cdecl]<nint*, int> MPI_Comm_free;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, int> MPI_Comm_set_errhandler;
    public readonly delegate* unmanaged[Cdecl]<nint, int*, int> MPI_Comm_rank, MPI_Comm_size;
    public readonly delegate* unmanaged[Cdecl]<void*, int, nint, int, int, nint, nint*, int> MPI_Isend, MPI_Irecv;
    public readonly delegate* unmanaged[Cdecl]<nint*, int*, void*, int> MPI_Test;
    public readonly delegate* unmanaged[Cdecl]<int, int, nint, int*, void*, int> MPI_Iprobe;
    public readonly delegate* unmanaged[Cdecl]<void*, nint, int*, int> MPI_Get_count;
    public readonly delegate* unmanaged[Cdecl]<int, byte*, int*, int> MPI_Error_string;
    public readonly delegate* unmanaged[Cdecl]<int, int*, int> MPI_Error_class;
    public readonly delegate* unmanaged[Cdecl]<byte*, int*, int> MPI_Get_library_version;

    public readonly nint MPI_COMM_WORLD, MPI_COMM_SELF, MPI_BYTE, MPI_ERRORS_RETURN;
    public readonly int MPI_ERR_TRUNCATE, MPI_ANY_SOURCE;
#pragma warning restore CA1051

    /// <summary>Binds a library that is loaded.</summary>
    /// <param name="handle">Its handle.</param>
    /// <exception cref="EntryPointNotFoundException">It is no library of MPI.</exception>
    public MpiLibrary(nint handle)
    {
        IsOpenMpi = NativeLibrary.TryGetExport(handle, "ompi_mpi_comm_world", out nint world);
        MPI_COMM_WORLD = IsOpenMpi ? world : 0x44000000;
        MPI_COMM_SELF = IsOpenMpi ? NativeLibrary.GetExport(handle, "ompi_mpi_comm_self") : 0x44000001;
        MPI_BYTE = IsOpenMpi ? NativeLibrary.GetExport(handle, "ompi_mpi_byte") : 0x4c00010d;
        MPI_ERRORS_RETURN = IsOpenMpi ? NativeLibrary.GetExport(handle, "ompi_mpi_errors_return") : 0x54000001;
        MPI_ERR_TRUNCATE = IsOpenMpi ? 15 : 14;
        MPI_ANY_SOURCE = IsOpenMpi ? -1 : -2;

        MPI_Initialized = (delegate* unmanaged[Cdecl]<int*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Initialized));
        MPI_Finalized = (delegate* unmanaged[Cdecl]<int*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Finalized));
        MPI_Query_thread = (delegate* unmanaged[Cdecl]<int*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Query_thread));
        MPI_Init_thread = (delegate* unmanaged[Cdecl]<int*, byte***, int, int*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Init_thread));
        MPI_Finalize = (delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(handle, nameof(MPI_Finalize));
        MPI_Abort = (delegate* unmanaged[Cdecl]<nint, int, int>)NativeLibrary.GetExport(handle, nameof(MPI_Abort));
        MPI_Comm_dup = (delegate* unmanaged[Cdecl]<nint, nint*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Comm_dup));
        MPI_Comm_free = (delegate* unmanaged[Cdecl]<nint*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Comm_free));
        MPI_Comm_set_errhandler = (delegate* unmanaged[Cdecl]<nint, nint, int>)NativeLibrary.GetExport(handle, nameof(MPI_Comm_set_errhandler));
        MPI_Comm_rank = (delegate* unmanaged[Cdecl]<nint, int*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Comm_rank));
        MPI_Comm_size = (delegate* unmanaged[Cdecl]<nint, int*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Comm_size));
        MPI_Isend = (delegate* unmanaged[Cdecl]<void*, int, nint, int, int, nint, nint*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Isend));
        MPI_Irecv = (delegate* unmanaged[Cdecl]<void*, int, nint, int, int, nint, nint*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Irecv));
        MPI_Test = (delegate* unmanaged[Cdecl]<nint*, int*, void*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Test));
        MPI_Iprobe = (delegate* unmanaged[Cdecl]<int, int, nint, int*, void*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Iprobe));
        MPI_Get_count = (delegate* unmanaged[Cdecl]<void*, nint, int*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Get_count));
        MPI_Error_string = (delegate* unmanaged[Cdecl]<int, byte*, int*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Error_string));
        MPI_Error_class = (delegate* unmanaged[Cdecl]<int, int*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Error_class));
        MPI_Get_library_version = (delegate* unmanaged[Cdecl]<byte*, int*, int>)NativeLibrary.GetExport(handle, nameof(MPI_Get_library_version));
        Name = MpiVersion.Shorten(Text((text, length) => MPI_Get_library_version(text, length)));
    }

    private delegate int Writes(byte* text, int* length);

    /// <summary>Whether it is of Open MPI's family.</summary>
    public bool IsOpenMpi { get; }

    /// <summary>The library and its version.</summary>
    public string Name { get; }

    /// <summary>Whether somebody has started MPI in this process, and nobody ended it.</summary>
    public bool IsRunning => Flag(MPI_Initialized) && !IsOver;

    /// <summary>Whether MPI has been ended in this process, which is for good.</summary>
    public bool IsOver => Flag(MPI_Finalized);

    /// <summary>The rank that a message came from.</summary>
    /// <param name="status">What a function wrote of it.</param>
    public int Source(void* status) => ((int*)status)[IsOpenMpi ? 0 : 2];

    /// <summary>What an error means, in the library's words.</summary>
    /// <param name="code">What a function returned.</param>
    public string Error(int code) => Text((text, length) => MPI_Error_string(code, text, length)).ReplaceLineEndings(" ").Trim();

    private static bool Flag(delegate* unmanaged[Cdecl]<int*, int> function)
    {
        int flag = 0;
        _ = function(&flag);
        return flag != 0;
    }

    private static string Text(Writes writes)
    {
        byte* text = stackalloc byte[TextBytes + 1];
        int length = 0;
        if (writes(text, &length) != 0) return "";
        return Marshal.PtrToStringUTF8((nint)text) ?? "";
    }
}
