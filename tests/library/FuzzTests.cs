using NUnit.Framework;

namespace Fmm.Tests.Library;

/// <summary>Wrong calls from C with random arguments, of four threads at once: each a status and a text, no crash, and nothing changed (<c>fuzz.c</c>).</summary>
internal sealed class FuzzTests
{
    private NativeProgram? _fuzz;

    [OneTimeSetUp]
    public void Compile() => _fuzz = new NativeProgram("gcc", Path.Combine(Clone.Root, "tests", "library", "fuzz.c"));

    [OneTimeTearDown]
    public void Remove() => _fuzz?.Dispose();

    [TestCase(1)]
    [TestCase(2)]
    public void A_thousand_wrong_calls_are_refused_with_a_text_and_change_nothing(int seed) => Holds(seed, 1000);

    [Test, Category("Fresh")]
    public void Wrong_calls_of_a_fresh_seed_are_refused() => Holds(Random.Shared.Next(), 20_000);

    private void Holds(int seed, int calls)
    {
        string told = _fuzz!.Told($"{seed}", $"{calls}");
        Assert.That(told, Does.StartWith($"seed {seed}: {calls} wrong calls refused, 0 not;").And.EndWith("right calls are right afterwards\n"));
        // Of every reason that a caller can be at fault for.
        foreach (string status in (string[])["status 1:", "status 2:", "status 4:", "status 5:"]) Assert.That(told, Does.Contain(status));
        TestContext.Out.WriteLine(told);
    }
}
