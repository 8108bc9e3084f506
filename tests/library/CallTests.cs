using NUnit.Framework;

namespace Fmm.Tests.Library;

/// <summary>
/// What each function of fmm.h does and refuses, as a program in C sees it (<c>calls/*.c</c>): a group of checks a test.
/// </summary>
internal sealed class CallTests
{
    private NativeProgram? _calls;

    [OneTimeSetUp]
    public void Compile() => _calls = new NativeProgram("gcc", Directory.GetFiles(Path.Combine(Clone.Root, "tests", "library", "calls"), "*.c"));

    [OneTimeTearDown]
    public void Remove() => _calls?.Dispose();

    [TestCase("create", 100)]
    [TestCase("points", 40)]
    [TestCase("fields", 40)]
    [TestCase("arrays", 30)]
    [TestCase("vectors", 20)]
    [TestCase("kernels", 60)]
    [TestCase("control", 60)]
    [TestCase("threads", 60)]
    [TestCase("texts", 20)]
    [TestCase("fork", 5)]
    public void Every_check_of_a_group_holds(string group, int least)
    {
        string[] words = _calls!.Told(group).Split(' ');
        Assert.That((words[0], words[1]), Is.EqualTo(($"{group}:", words[3])));
        Assert.That(int.Parse(words[1]), Is.GreaterThanOrEqualTo(least), "checks");
    }

    [Test]
    public void A_group_that_is_not_there_is_told() => Assert.That(_calls!.Run("nothing").Code, Is.EqualTo(2));
}
