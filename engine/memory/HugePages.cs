using System.Runtime.InteropServices;

namespace Fmm.Engine;

/// <summary>
/// Asks Linux for pages of 2 MiB under large blocks. Sorting, scattering spectra and gathering by index walk all over
/// such a block, and with small pages most of their time is spent finding pages.
/// </summary>
internal static unsafe partial class HugePages
{
    private const int PageBytes = 4096;
    private const int AdviceHugePage = 14;

    /// <summary>Blocks below this keep small pages: a huge page of their own would be mostly empty.</summary>
    private const long SmallestBytes = 8L << 20;

    /// <summary>Advises on a block; nothing happens where it is small, or the system knows no such advice.</summary>
    internal static void Advise(void* block, long bytes)
    {
        if (bytes < SmallestBytes || !OperatingSystem.IsLinux()) return;
        nuint start = ((nuint)block + (PageBytes - 1)) & ~(nuint)(PageBytes - 1);
        nuint end = ((nuint)block + (nuint)bytes) & ~(nuint)(PageBytes - 1);
        _ = Advise(start, end - start, AdviceHugePage);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
