using System.Diagnostics;
using Fmm.Tests.Library;
using NUnit.Framework;

namespace Fmm.Tests.Docs;

/// <summary>Programs of a page that call the library from C, Fortran or Julia: compiled without a warning, and run; skipped where compiler or library are missing.</summary>
internal static class NativePage
{
    /// <summary>Compiles and runs blocks of one language in their order, and returns what the program wrote.</summary>
    public static string Run(string page, string language, IReadOnlyList<PageBlock> blocks)
    {
        string folder = Directory.CreateTempSubdirectory("fmm-page-").FullName;
        try
        {
            string source = Path.Combine(folder, language switch { "c" => "page.c", "fortran" => "page.f90", _ => "page.jl" });
            // Messages name the page and its lines.
            File.WriteAllLines(source, blocks.SelectMany(block => (string[])[.. language == "c" ? [$"#line {block.Line} \"docs/{page}\""] : (string[])[], .. block.Lines]));
            if (language == "julia") return Julia(folder, source);
            string module = Path.Combine(Clone.Root, "systems", "library", "fortran", "fmm.f90");
            using NativeProgram program = language == "c" ? new("gcc", source) : new("gfortran", module, source);
            return program.Told();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Julia(string folder, string source)
    {
        LibraryFiles.Require();
        if (!NativeProgram.Has("julia")) Assert.Ignore("needs julia 1.9 or newer, which Debian does not have: https://julialang.org");
        File.Copy(Path.Combine(Clone.Root, "systems", "library", "julia", "Fmm.jl"), Path.Combine(folder, "Fmm.jl"));
        ProcessStartInfo start = new("julia", ["--startup-file=no", source]);
        start.Environment["FMM_LIBRARY"] = LibraryFiles.Loader;
        ChildOutcome outcome = ChildOutcome.Of(start);
        Assert.That(outcome.Code, Is.Zero, $"{outcome.Output}\n{outcome.Error}");
        return outcome.Output;
    }
}
