using System.Diagnostics;
using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests.Library;

/// <summary>Which of the libraries stands behind <c>libfmm.so</c>, and what is told where none can.</summary>
internal sealed class LoaderTests
{
    private NativeProgram? _program;
    private string _folder = "";

    [OneTimeSetUp]
    public void Compile() => _program = new NativeProgram("gcc", Path.Combine(Clone.Root, "tests", "library", "loader.c"));

    [OneTimeTearDown]
    public void Remove() => _program?.Dispose();

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("fmm-loader-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "fmm"));
        File.Copy(LibraryFiles.Loader, Path.Combine(_folder, "libfmm.so.0"));
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_widest_that_the_processor_has_is_loaded() => Assert.That(Told(LibraryFiles.Libraries), Is.EqualTo($"{(int)Widest} 0 "));

    [Test]
    public void A_narrower_one_serves_where_the_widest_is_missing()
    {
        Assume.That(Widest, Is.Not.EqualTo(RegisterWidth.Bits128), "there is no narrower one");
        File.Copy(Engine, Path.Combine(_folder, "fmm", "libfmm-128.so"));
        Assert.That(Told(_folder), Is.EqualTo($"{(int)Widest} 0 "), "the same engine, by the name of another");
    }

    [Test]
    public void Without_an_engine_its_file_and_what_makes_it_are_named() =>
        Assert.That(Told(_folder), Does.StartWith("0 10 The engine is missing: no fmm/libfmm-").And.Contains(_folder).And.Contains("systems/library/build"));

    [TestCase("7", "FMM_REGISTERS is '7'; set it to 512, 256 or 128, or unset it.")]
    [TestCase("512 ", "FMM_REGISTERS is '512 '; set it to 512, 256 or 128, or unset it.")]
    public void A_width_that_is_none_is_told(string width, string text) => Assert.That(Told(LibraryFiles.Libraries, width), Is.EqualTo($"0 10 {text}"));

    [Test]
    public void An_engine_of_another_version_is_refused()
    {
        string source = Path.Combine(_folder, "old.c");
        File.WriteAllText(source, "const char *fmm_version(void) { return \"9.9\"; }\n");
        string engine = Path.Combine(_folder, "fmm", $"libfmm-{(int)Widest}.so");
        Assert.That(ChildOutcome.Of(new ProcessStartInfo("gcc", ["-shared", "-fPIC", source, "-o", engine])).Code, Is.Zero);
        Assert.That(Told(_folder), Does.Contain("is of version 9.9, its loader of ").And.Contain("systems/library/build"));
    }

    [Test]
    public void A_file_that_is_no_library_is_told_with_the_systems_words()
    {
        File.WriteAllText(Path.Combine(_folder, "fmm", $"libfmm-{(int)Widest}.so"), "no library");
        Assert.That(Told(_folder), Does.StartWith("0 10 The engine can't be loaded: "));
    }

    private static RegisterWidth Widest => RegisterWidths.Best;

    private static string Engine => Path.Combine(LibraryFiles.Libraries, "fmm", $"libfmm-{(int)Widest}.so");

    private string Told(string folder, string width = "")
    {
        ProcessStartInfo start = new(Path.Combine(_program!.Folder, "program"));
        start.Environment["LD_LIBRARY_PATH"] = folder;
        start.Environment["FMM_REGISTERS"] = width;
        return ChildOutcome.Of(start).Output.TrimEnd('\n');
    }
}
