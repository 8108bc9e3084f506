using System.Text;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What a configuration file says, PyExaFMM's of both generations.</summary>
internal sealed class ConfigReadTests : CommandFixture
{
    /// <summary>The sample of PyExaFMM's README.</summary>
    internal const string Newer = """
        {
            "experiment": "test",
            "npoints": 1000000,
            "data_type": "random",
            "order_equivalent": 5,
            "order_check": 5,
            "kernel": "laplace",
            "backend": "numba",
            "alpha_inner": 1.05,
            "alpha_outer": 2.9,
            "max_level": 10,
            "max_points": 150,
            "target_rank": 20,
            "precision": "single"
        }
        """;

    /// <summary>The sample of its README before.</summary>
    internal const string Older = """
        {
            "order": 3,
            "operator_dirname": "precomputed_operators_order_3_test",
            "surface_filename": "surface",
            "kernel": "laplace",
            "alpha_inner": 1.05,
            "alpha_outer": 2.95,
            "data_dirname": "data_1k_random_test",
            "source_filename": "sources",
            "target_filename": "targets",
            "source_densities_filename": "source_densities",
            "octree_max_level": 3,
            "target_rank": 3,
            "m2l_compressed_filename": "m2l_compressed"
        }
        """;

    [Test]
    public void TheNewerGenerationIsRead()
    {
        RunConfig config = ConfigReader.Read(Write("config.json", Newer));
        Assert.That((config.Points, config.Count, config.DataType), Is.EqualTo((In("test.hdf5"), 1_000_000, "random")));
        Assert.That((config.Order, config.Kernel, config.AlphaInner, config.AlphaOuter), Is.EqualTo((5, "laplace", 1.05, 2.9)));
        Assert.That((config.MaxLevel, config.Leaf, config.Rank, config.Precision), Is.EqualTo((10, 150, 20, "single")));
        Assert.That((config.Sources, config.Targets, config.Densities, config.OperatorFolder), Is.EqualTo(default((string?, string?, string?, string?))));
    }

    [Test]
    public void TheOlderGenerationIsRead()
    {
        RunConfig config = ConfigReader.Read(Write("config.json", Older));
        Assert.That((config.Order, config.Kernel, config.AlphaInner, config.AlphaOuter), Is.EqualTo((3, "laplace", 1.05, 2.95)));
        Assert.That((config.MaxLevel, config.Rank, config.Leaf), Is.EqualTo((3, 3, default(int?))));
        Assert.That(config.Sources, Is.EqualTo(In("data_1k_random_test/sources.hdf5")));
        Assert.That(config.Targets, Is.EqualTo(In("data_1k_random_test/targets.hdf5")));
        Assert.That(config.Densities, Is.EqualTo(In("data_1k_random_test/source_densities.hdf5")));
        Assert.That(config.OperatorFolder, Is.EqualTo(In("precomputed_operators_order_3_test")));
        Assert.That(RunConfig.DatasetOf(config.Sources!), Is.EqualTo("sources"));
        Assert.That(config.Points, Is.Null);
    }

    [Test]
    public void EveryKeyIsKnownToTheReader()
    {
        string[] read = [.. ConfigContext.Default.ConfigKeys.Properties.Select(property => property.Name)];
        Assert.That(ConfigKey.All.Select(key => key.Name), Is.EquivalentTo(read));
    }

    [Test]
    public void KeysThatAgreeMayStandTwice()
    {
        RunConfig config = ConfigReader.Read(Write("config.json", """{ "order": 6, "order_equivalent": 6, "order_check": 6, "octree_max_level": 4, "max_level": 4 }"""));
        Assert.That((config.Order, config.MaxLevel), Is.EqualTo((6, 4)));
    }

    [Test]
    public void OneOfTheTwoOrdersIsTheOrder([Values("order_equivalent", "order_check")] string key) =>
        Assert.That(ConfigReader.Read(Write("config.json", $$"""{ "{{key}}": 7 }""")).Order, Is.EqualTo(7));

    [Test]
    public void NullIsAsIfTheKeyWereNotThere()
    {
        RunConfig config = ConfigReader.Read(Write("config.json", """{ "order": null, "experiment": null, "kernel": null, "alpha_inner": null, "data_dirname": "data" }"""));
        Assert.That((config.Order, config.Kernel, config.AlphaInner, config.Points), Is.EqualTo(default((int?, string?, double?, string?))));
    }

    [TestCase("1e6")]
    [TestCase("1000000.0")]
    [TestCase("10E+5")]
    public void AWholeNumberMayBeWrittenAnyWay(string number) =>
        Assert.That(ConfigReader.Read(Write("config.json", $$"""{ "npoints": {{number}} }""")).Count, Is.EqualTo(1_000_000));

    [Test]
    public void CommentsATrailingCommaAndAByteOrderMarkDoNoHarm()
    {
        File.WriteAllText(In("config.json"), "{ // the order\n \"order\": 4, /* no more */ }\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.That(ConfigReader.Read(In("config.json")).Order, Is.EqualTo(4));
    }

    [Test]
    public void AnEmptyObjectSaysNothing() => Assert.That(ConfigReader.Read(Write("config.json", "{}")).Order, Is.Null);

    [TestCase("config")]
    [TestCase("config.json")]
    public void TheEndingMayBeLeftOut(string name)
    {
        Write("config.json", """{ "order": 9 }""");
        Assert.That(ConfigReader.Read(In(name)).Order, Is.EqualTo(9));
    }

    [Test]
    public void AFileOfExactlyThatNameComesFirst()
    {
        Write("config.json", """{ "order": 9 }""");
        Assert.That(ConfigReader.Read(Write("config", """{ "order": 8 }""")).Order, Is.EqualTo(8));
    }

    [Test]
    public void AFolderOfThatNameIsNoHindrance()
    {
        Directory.CreateDirectory(In("config"));
        Write("config.json", """{ "order": 9 }""");
        Assert.That(ConfigReader.Read(In("config")).Order, Is.EqualTo(9));
    }

    [TestCase("/data/run", "/data/run.hdf5")]
    [TestCase("run.hdf5", "run.hdf5")]
    [TestCase("run.h5", "run.h5")]
    [TestCase("step.3", "step.3.hdf5")]
    [TestCase("below/run", "below/run.hdf5")]
    public void PathsStartFromTheFilesFolder(string experiment, string found) =>
        Assert.That(ConfigReader.Read(Write("config.json", $$"""{ "experiment": "{{experiment}}" }""")).Points, Is.EqualTo(Path.Combine(Folder, found)));
}
