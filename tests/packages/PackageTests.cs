using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The four packages, as someone finds them who has no clone.</summary>
internal sealed class PackageTests
{
    private static readonly string[] _names = ["Fmm.Engine", "Fmm.Components", "Fmm.Systems", "Fmm.Files"];
    private static readonly Guid _embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private string _feed = "", _told = "";

    [OneTimeSetUp]
    public void Pack()
    {
        _feed = Path.Combine(Path.GetTempPath(), $"fmm-feed-{Guid.NewGuid():N}");
        // The tests' own build is packed: a build beside running tests would write over it.
        _told = ChildOutcome.OfDotnet(Clone.Root, "pack", "-c", Clone.Configuration, "--no-build", "-o", _feed);
    }

    [OneTimeTearDown]
    public void RemoveFeed() => Directory.Delete(_feed, recursive: true);

    [Test]
    public void The_tree_packs_four_libraries_with_their_symbols_and_has_nothing_to_complain_of()
    {
        Assert.That(Directory.GetFiles(_feed).Select(Path.GetFileName),
            Is.EquivalentTo(_names.SelectMany(name => new[] { $"{name}.0.1.0.nupkg", $"{name}.0.1.0.snupkg" })));
        Assert.That(_told, Does.Contain("Successfully created package").And.Not.Match("(?i)warning|missing"));
    }

    [TestCaseSource(nameof(_names))]
    public void A_package_says_what_it_is(string name)
    {
        using ZipArchive package = Open(name, "nupkg");
        string Told(string element) => Specification(package).Descendants().Single(one => one.Name.LocalName == element).Value;
        Assert.That(Told("license"), Is.EqualTo("MIT"));
        Assert.That(Told("copyright"), Is.EqualTo("Copyright (c) 2026 the Fmm Engine authors"));
        Assert.That(Told("description"), Has.Length.GreaterThan(100));
        Assert.That(Told("tags").Split(' '), Does.Contain("fast-multipole-method").And.Length.GreaterThan(5));
        using StreamReader readme = new(package.GetEntry(Told("readme"))!.Open());
        Assert.That(readme.ReadToEnd(), Is.EqualTo(File.ReadAllText(Path.Combine(Clone.Root, "README.md"))));
    }

    [TestCase("Fmm.Engine")]
    [TestCase("Fmm.Components", "Fmm.Engine")]
    [TestCase("Fmm.Systems", "Fmm.Components")]
    [TestCase("Fmm.Files", "Fmm.Systems", "PureHDF", "csFastFloat")]
    public void A_package_depends_on_the_layer_below_alone_but_for_files_and_holds_one_documented_assembly(string name, params string[] dependencies)
    {
        using ZipArchive package = Open(name, "nupkg");
        IEnumerable<XElement> told = Specification(package).Descendants().Where(one => one.Name.LocalName == "dependency");
        Assert.That(told.Select(one => one.Attribute("id")!.Value), Is.EquivalentTo(dependencies));
        // Beside what every package has of its container, the readme and the specification.
        IEnumerable<string> files = package.Entries.Select(entry => entry.FullName).Where(path =>
            path.Contains('/', StringComparison.Ordinal)
            && !path.StartsWith("_rels/", StringComparison.Ordinal) && !path.StartsWith("package/", StringComparison.Ordinal));
        Assert.That(files, Is.EquivalentTo(new[] { $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml" }));
    }

    [TestCaseSource(nameof(_names))]
    public void Symbols_carry_every_source(string name)
    {
        using ZipArchive package = Open(name, "snupkg");
        using MemoryStream symbols = new(Bytes(package.GetEntry($"lib/net10.0/{name}.pdb")!));
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        MetadataReader reader = provider.GetMetadataReader();
        Assert.That(reader.Documents, Is.Not.Empty);
        foreach (DocumentHandle document in reader.Documents)
        {
            IEnumerable<Guid> kinds = reader.GetCustomDebugInformation(document)
                .Select(one => reader.GetGuid(reader.GetCustomDebugInformation(one).Kind));
            Assert.That(kinds, Does.Contain(_embeddedSource), reader.GetString(reader.GetDocument(document).Name));
        }
    }

    [Test]
    public void Nothing_in_a_package_tells_where_it_was_built(
        [ValueSource(nameof(_names))] string name, [Values("nupkg", "snupkg")] string kind)
    {
        using ZipArchive package = Open(name, kind);
        string folder = Clone.Root + Path.DirectorySeparatorChar;
        foreach (ZipArchiveEntry entry in package.Entries)
            foreach (Encoding encoding in new[] { Encoding.UTF8, Encoding.Unicode })
                Assert.That(Bytes(entry).AsSpan().IndexOf(encoding.GetBytes(folder)), Is.Negative, entry.FullName);
    }

    [Test]
    public void The_readmes_program_pasted_into_a_new_project_runs_with_the_package()
    {
        using ConsoleProject stranger = new(_feed);
        stranger.AddPackage("Fmm.Systems");
        HoldsItsTolerance(stranger.Run(Clone.ReadmeProgram()));
        Assert.That(stranger.Libraries(), Is.SupersetOf(_names.Select(name => $"{name}.dll")));
    }

    [Test]
    public void The_readmes_program_pasted_into_a_new_project_runs_with_the_project()
    {
        using ConsoleProject stranger = new(_feed);
        stranger.AddReference(Path.Combine(Clone.Root, "systems", "Systems.csproj"));
        HoldsItsTolerance(stranger.Run(Clone.ReadmeProgram()));
    }

    /// <summary>What people need around the core, as a stranger's project has it: 40 lines each, right, and nothing allocated in a warm step.</summary>
    [Test]
    public void A_strangers_kernel_system_operator_and_entities_work_with_the_packages()
    {
        string folder = Path.Combine(Clone.Root, "tests", "packages", "user");
        string[] programs = ["OwnKernel", "OwnSystem", "OwnM2L", "HostEntities"];
        foreach (string program in programs) Assert.That(File.ReadAllLines(Path.Combine(folder, $"{program}.cs")), Has.Length.LessThanOrEqualTo(40), program);
        string entry = string.Join('\n', programs.Select(program => $"if (args[0] == \"{program}\") {program}.Run();"));
        using ConsoleProject stranger = new(_feed);
        stranger.AddPackage("Fmm.Systems");
        Dictionary<string, string> told = stranger.Run(
            [("Program.cs", entry), .. Directory.GetFiles(folder).Select(file => (Path.GetFileName(file), File.ReadAllText(file)))], programs);
        Assert.Multiple(() =>
        {
            foreach (string program in programs) Assert.That(told[program], Does.StartWith("allocated 0\n"), program);
            Assert.That(Number(told["OwnKernel"], "error"), Is.Positive.And.LessThan(1e-6));
            Assert.That(Number(told["OwnKernel"], "gradient"), Is.Positive.And.LessThan(1e-4));
            Assert.That(Number(told["OwnSystem"], "off by"), Is.LessThan(1e-4));
            Assert.That(Number(told["OwnSystem"], "error"), Is.Positive.And.LessThan(1e-6));
            Assert.That(Number(told["OwnM2L"], "error"), Is.Positive.And.LessThan(1e-3));
            Assert.That(Number(told["HostEntities"], "error"), Is.Positive.And.LessThan(1e-6));
        });

        static double Number(string told, string before) => double.Parse(Regex.Match(told, $"{before} ([-+.e0-9]+)").Groups[1].Value);
    }

    private static void HoldsItsTolerance(string told)
    {
        const string words = "error against 100 direct sums: ";
        Assert.That(told, Does.StartWith(words));
        Assert.That(double.Parse(told[words.Length..]), Is.Positive.And.LessThan(1e-6));
    }

    private static XDocument Specification(ZipArchive package)
    {
        using Stream stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream);
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private ZipArchive Open(string name, string kind) => ZipFile.OpenRead(Path.Combine(_feed, $"{name}.0.1.0.{kind}"));
}
