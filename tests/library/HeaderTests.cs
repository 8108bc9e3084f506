using System.Diagnostics;
using NUnit.Framework;

namespace Fmm.Tests.Library;

/// <summary>fmm.h is plain C and plain C++, and the library has what it declares.</summary>
internal sealed class HeaderTests
{
    [TestCase("gcc", "c")]
    [TestCase("g++", "cpp")]
    public void The_header_compiles_alone_without_a_warning_and_links(string compiler, string kind)
    {
        string source = Path.Combine(Path.GetTempPath(), $"fmm-header-{Guid.NewGuid():N}.{kind}");
        try
        {
            File.WriteAllText(source, "#include <fmm.h>\nint main(void) { return fmm_free(0) == FMM_OK && fmm_version()[0] ? 0 : 1; }\n");
            using NativeProgram program = new(compiler, "-pedantic", "-Wconversion", "-Wshadow", source);
            Assert.That(program.Run().Code, Is.Zero);
        }
        finally
        {
            File.Delete(source);
        }
    }

    [Test]
    public void The_library_exports_the_headers_functions_and_nothing_else()
    {
        LibraryFiles.Require();
        NativeProgram.RequireProgram("gcc");
        ChildOutcome outcome = ChildOutcome.Of(new ProcessStartInfo("nm", ["-D", "--defined-only", LibraryFiles.Loader]));
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        string[] exported = [.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[^1]).Where(name => !name.StartsWith('_'))];
        Assert.That(exported, Is.EquivalentTo(CHeader.Read().Functions.Keys));
    }

    [Test]
    public void A_program_is_built_by_what_pkg_config_says()
    {
        LibraryFiles.Require();
        NativeProgram.RequireProgram("gcc");
        NativeProgram.RequireProgram("pkg-config");
        string program = Path.Combine(Path.GetTempPath(), $"fmm-field-{Guid.NewGuid():N}");
        try
        {
            ProcessStartInfo start = new("bash", ["-c", $"gcc samples/c/field.c -o {program} $(pkg-config --cflags --libs fmm) && {program}"]) { WorkingDirectory = Clone.Root };
            start.Environment["PKG_CONFIG_PATH"] = Path.Combine(LibraryFiles.Libraries, "pkgconfig");
            ChildOutcome outcome = ChildOutcome.Of(start);
            Assert.That(outcome.Code, Is.Zero, $"{outcome.Output}\n{outcome.Error}");
        }
        finally
        {
            File.Delete(program);
        }
    }

    [Test]
    public void The_header_that_is_installed_is_the_one_in_the_sources()
    {
        LibraryFiles.Require();
        Assert.That(File.ReadAllText(Path.Combine(LibraryFiles.Include, "fmm.h")), Is.EqualTo(File.ReadAllText(LibraryFiles.Header)));
    }
}
