using System.Diagnostics;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Fmm.Tests.Library;

/// <summary>The package for Python: a file of <c>tests/python</c> is a test here, run by Debian's own python3 (DEBIAN_PYTHON names another).</summary>
internal sealed partial class PythonTests
{
    private const string Memory = "test_memory";

    private static readonly string _program = Environment.GetEnvironmentVariable("DEBIAN_PYTHON") ?? "/usr/bin/python3";
    private static readonly string _folder = Path.Combine(Clone.Root, "tests", "python");
    private static readonly Lazy<bool> _hasNumpy = new(() => File.Exists(_program) && Run("-c", "import numpy").Code == 0);

    private static IEnumerable<string> Files =>
        Directory.GetFiles(_folder, "test_*.py").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != Memory).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Files))]
    public void All_tests_of_a_file_in_Python_pass(string name) => Check(Test(name, slow: false));

    [Test, Category("Slow")]
    public void Ten_thousand_solvers_and_threads_of_Python_leave_nothing_behind() => Check(Test(Memory, slow: true));

    [Test, Category("Slow")]
    public void The_wheel_for_every_processor_has_every_width() => Check(Test("test_package", slow: true));

    private static ChildOutcome Test(string name, bool slow)
    {
        if (!_hasNumpy.Value) Assert.Ignore("needs Debian's python3-numpy: apt-get install -y python3-numpy python3-scipy");
        if (!File.Exists(Path.Combine(Clone.Root, "artifacts", "library", "lib", "libfmm.so")))
            Assert.Ignore("needs artifacts/library/lib/libfmm.so: run systems/library/build");
        return Run(slow, "-m", "unittest", "-v", name);
    }

    // unittest writes all that it has to say to standard error.
    private static void Check(ChildOutcome outcome)
    {
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        string[] skipped = [.. Skipped().Matches(outcome.Error).Select(match => match.Groups[1].Value).Distinct()];
        int ran = Ran().Count(outcome.Error);
        if (ran == 0) Assert.Ignore(string.Join("; ", skipped));
        foreach (string reason in skipped) TestContext.Out.WriteLine($"skipped: {reason}");
    }

    private static ChildOutcome Run(params string[] arguments) => Run(slow: false, arguments);

    private static ChildOutcome Run(bool slow, params string[] arguments)
    {
        ProcessStartInfo start = new(_program, arguments) { WorkingDirectory = _folder };
        start.Environment["PYTHONPATH"] = Path.Combine(Clone.Root, "systems", "library", "python", "src");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["FMM_SLOW"] = slow ? "1" : "";
        start.Environment.Remove("FMM_LIBRARY");
        return ChildOutcome.Of(start);
    }

    [GeneratedRegex(@"skipped '(.*)'$|skipped ""(.*)""$", RegexOptions.Multiline)]
    private static partial Regex Skipped();

    [GeneratedRegex(@"\.\.\. ok$", RegexOptions.Multiline)]
    private static partial Regex Ran();
}
