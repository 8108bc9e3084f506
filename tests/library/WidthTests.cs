using System.Diagnostics;
using NUnit.Framework;

namespace Fmm.Tests.Library;

/// <summary>Libraries for narrower registers than this processor's, which <c>systems/library/build</c> makes beside the widest.</summary>
[Category("Slow")]
internal sealed class WidthTests
{
    private NativeProgram? _calls;

    [OneTimeSetUp]
    public void Compile() => _calls = new NativeProgram("gcc", Directory.GetFiles(Path.Combine(Clone.Root, "tests", "library", "calls"), "*.c"));

    [OneTimeTearDown]
    public void Remove() => _calls?.Dispose();

    [Test]
    public void Every_check_holds_at_every_width(
        [Values(256, 128)] int width, [Values("create", "points", "fields", "arrays", "vectors", "kernels", "control", "threads", "texts", "fork")] string group)
    {
        if (!File.Exists(Path.Combine(LibraryFiles.Libraries, "fmm", $"libfmm-{width}.so"))) Assert.Ignore("needs all widths: run systems/library/build");
        ProcessStartInfo start = new(Path.Combine(_calls!.Folder, "program"), [group]) { WorkingDirectory = _calls.Folder };
        start.Environment["FMM_REGISTERS"] = $"{width}";
        ChildOutcome outcome = ChildOutcome.Of(start);
        string[] words = outcome.Output.Split(' ');
        Assert.That((outcome.Code, words[0], words[1]), Is.EqualTo((0, $"{group}:", words[3])), outcome.Error);
    }
}
