using NUnit.Framework;

namespace Fmm.Tests.Library;

/// <summary>What <c>systems/library/build</c> makes: the header, the loader, and a library a width of registers.</summary>
internal static class LibraryFiles
{
    /// <summary>The folder of all of it.</summary>
    public static string Folder { get; } = Path.Combine(Clone.Root, "artifacts", "library");

    /// <summary>The folder of <c>fmm.h</c>.</summary>
    public static string Include { get; } = Path.Combine(Folder, "include");

    /// <summary>The folder of <c>libfmm.so</c>.</summary>
    public static string Libraries { get; } = Path.Combine(Folder, "lib");

    /// <summary>The library itself, which loads the width that the processor has.</summary>
    public static string Loader { get; } = Path.Combine(Libraries, "libfmm.so");

    /// <summary>The header in the sources.</summary>
    public static string Header { get; } = Path.Combine(Clone.Root, "systems", "library", "c", "fmm.h");

    /// <summary>Skips the test where the library was not built.</summary>
    public static void Require()
    {
        if (!File.Exists(Loader)) Assert.Ignore("needs artifacts/library/lib/libfmm.so: run systems/library/build");
    }
}
