using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>
/// <c>./tests/run</c> on a fresh machine: the superuser gets what is missing, nobody is asked for a password, and what is skipped is told.
/// </summary>
internal sealed class TestRunTests
{
    private const string Packages = "libopenblas0-pthread bsdutils chromium python3 hdf5-tools python3-h5py gcc zlib1g-dev g++ pkg-config gfortran "
        + "python3-numpy python3-scipy python3-setuptools python3-wheel python3-pip openmpi-bin mpich";

    private const string Library = "library-build --widths native";
    private const string Install = "apt-get install -qq -y " + Packages;
    private const string Test = "dotnet test Engine.sln -c Release --logger console;verbosity=normal";
    private const string Part = "dotnet test Engine.sln -c Release --no-build --logger console;verbosity=normal --filter TestCategory!=Slow&";
    private static readonly string[] _tests =
    [
        "dotnet build Engine.sln -c Release -v quiet",
        Part + "(FullyQualifiedName!~Fmm.Tests.Flow&FullyQualifiedName!~Fmm.Tests.Operators&FullyQualifiedName!~Fmm.Tests.BenchTests)",
        Part + "(FullyQualifiedName~Fmm.Tests.Flow|FullyQualifiedName~Fmm.Tests.Operators|FullyQualifiedName~Fmm.Tests.BenchTests)",
    ];

    private static readonly string[] _programs = ["python3", "script", "chromium", "h5dump", "debian-python3", "gcc", "g++", "pkg-config", "gfortran", "mpirun.openmpi", "mpiexec.mpich"];

    // The same with the library for C, where there is a compiler.
    private static IEnumerable<string> TestsAndLibrary => [_tests[0], Library, .. _tests[1..]];

    [OneTimeSetUp]
    public void NeedAShell()
    {
        if (!OperatingSystem.IsLinux()) Assert.Ignore("The script is bash's, and what it installs is Debian's.");
    }

    [Test]
    public void The_superuser_gets_what_is_missing_and_nothing_is_skipped()
    {
        using StubbedMachine machine = new(user: 0);
        ChildOutcome outcome = machine.Run("tests/run");
        Assert.That((outcome.Code, outcome.Output, outcome.Error), Is.EqualTo((0, $"tests: installing {Packages}\ntests: building\n", "")));
        Assert.That(Changes(machine), Is.EqualTo(new[] { Install }.Concat(TestsAndLibrary)));
    }

    [Test]
    public void Lists_of_packages_that_are_stale_are_renewed()
    {
        using StubbedMachine machine = new(user: 0);
        string renewed = Path.Combine(machine.FolderOf(), "renewed");
        machine.AptGet($"if [ $1 = update ]; then echo > {renewed}; exit; fi\n[ -e {renewed} ] || exit 100");
        Assert.That(machine.Run("tests/run").Output, Is.EqualTo($"tests: installing {Packages}\ntests: building\n"));
        Assert.That(Changes(machine), Is.EqualTo(new[] { Install, "apt-get update -qq", Install }.Concat(TestsAndLibrary)));
    }

    [Test]
    public void What_the_superuser_cannot_install_is_skipped_and_told()
    {
        using StubbedMachine machine = new(user: 0);
        machine.AptGet("echo noise; echo 'E: no network' >&2; exit 100");
        ChildOutcome outcome = machine.Run("tests/run");
        Assert.That(outcome.Code, Is.Zero);
        Assert.That(outcome.Output, Does.Contain("tests: apt-get failed: E: no network\n")
            .And.Contain("tests: skipped without libopenblas0-pthread: native linear algebra, in ")
            .And.EndWith($"tests: to have them: apt-get install -y {Packages}\ntests: building\n"));
        Assert.That(Changes(machine).Last(), Does.StartWith(Part));
    }

    [Test]
    public void Anyone_else_is_told_the_one_command_and_what_is_skipped_and_sudo_is_never_called()
    {
        using StubbedMachine machine = new(user: 1000);
        ChildOutcome outcome = machine.Run("tests/run");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        string[] lines = outcome.Output.TrimEnd('\n').Split('\n');
        Assert.That(lines[..^2].Select(line => line.Split(": ")[1]),
            Is.EqualTo(Packages.Split(' ').Select(package => $"skipped without {package}")));
        Assert.That(lines[^2], Is.EqualTo($"tests: to have them: sudo apt-get install -y {Packages}"));
        Assert.That(Changes(machine), Is.EqualTo(_tests));
    }

    [TestCase(0)]
    [TestCase(1000)]
    public void Without_apt_get_the_tests_run_all_the_same(int user)
    {
        using StubbedMachine machine = new(user);
        machine.Remove("apt-get");
        ChildOutcome outcome = machine.Run("tests/run");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Does.Contain("tests: skipped without libopenblas0-pthread").And.Contain("there is no apt-get here"));
        Assert.That(Changes(machine), Is.EqualTo(_tests));
    }

    [Test]
    public void Only_what_is_missing_is_installed()
    {
        using StubbedMachine machine = new(user: 0);
        foreach (string name in _programs) machine.Stub(name, "");
        machine.Run("tests/run");
        Assert.That(Changes(machine).First(), Is.EqualTo("apt-get install -qq -y libopenblas0-pthread"));
    }

    [TestCase("libmkl_rt.so.2")]
    [TestCase("libopenblas.so.0")]
    public void A_library_on_the_loaders_path_is_enough(string library)
    {
        using StubbedMachine machine = new(user: 0);
        foreach (string name in _programs) machine.Stub(name, "");
        ChildOutcome outcome = machine.Run("tests/run", libraryPath: $"/nowhere:{machine.FolderOf(library)}");
        Assert.That((outcome.Code, outcome.Output, outcome.Error), Is.EqualTo((0, "tests: building\n", "")));
        Assert.That(Changes(machine), Is.EqualTo(TestsAndLibrary));
    }

    [Test]
    public void Options_are_handed_on_and_a_filter_stands_in_place_of_its_own()
    {
        using StubbedMachine machine = new(user: 0);
        machine.Run("tests/run", ["--no-build", "--filter", "TestCategory=Slow"]);
        Assert.That(Changes(machine).Last(), Is.EqualTo($"{Test} --no-build --filter TestCategory=Slow"));
    }

    [Test]
    public void The_exit_code_is_that_of_the_tests()
    {
        using StubbedMachine machine = new(user: 1000);
        machine.Stub("dotnet", "exit 3");
        Assert.That(machine.Run("tests/run").Code, Is.EqualTo(3));
    }

    [TestCase("libopenblas0-pthread", "AgreementTests", "GemmTests", "LinearAlgebraTests", "SvdTests")]
    [TestCase("bsdutils", "ScreenTests")]
    [TestCase("python3", "StreamFaultTests")]
    [TestCase("chromium", "ReportTests")]
    [TestCase("hdf5-tools", "Hdf5PeerTests")]
    [TestCase("python3-h5py", "Hdf5PeerTests", "PointFileTests")]
    [TestCase("gcc", "CallTests", "LoaderTests")]
    [TestCase("gfortran", "FortranTests")]
    [TestCase("python3-numpy", "PythonTests")]
    [TestCase("openmpi-bin", "MpiRanksTests")]
    [TestCase("mpich", "MpiRanksTests")]
    public void The_fixtures_that_skip_tests_are_named(string package, params string[] fixtures)
    {
        using StubbedMachine machine = new(user: 1000);
        string line = machine.Run("tests/run").Output.Split('\n').Single(one => one.Contains(package + ":", StringComparison.Ordinal));
        string[] named = line.Split(", in ")[1].Split(' ');
        Assert.That(named, Is.SupersetOf(fixtures).And.All.EndsWith("Tests"));
    }

    // What was called, but for what only asks.
    // The two parts run at once, and stand in the order of their names.
    private static IEnumerable<string> Changes(StubbedMachine machine) =>
        machine.Calls.Where(call => call.Split(' ')[0] is not ("id" or "ldconfig" or "debian-python3" or "gcc")).OrderBy(call => call.StartsWith(Part, StringComparison.Ordinal) ? call : "");
}
