using Fmm.Components;
using Fmm.Files;
using Fmm.Systems;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>PyExaFMM's workflow from a configuration to a field, step by step as its README has it, and the field beside direct sums.</summary>
internal sealed class ConfigWorkflowTests : CommandFixture
{
    private const int Count = 2000;

    [TestCase("sphere", "double", 1e-5)]
    [TestCase("random", "single", 1e-4)]
    [TestCase("separated", "double", 1e-5)]
    public void TheNewerGenerationWalksFromItsConfigurationToAField(string type, string precision, double bar)
    {
        Write("config.json", $$"""
            {
                "experiment": "test",
                "npoints": {{Count}},
                "data_type": "{{type}}",
                "order_equivalent": 6,
                "order_check": 6,
                "kernel": "laplace",
                "backend": "numba",
                "alpha_inner": 1.05,
                "alpha_outer": 2.9,
                "max_level": 10,
                "max_points": 40,
                "target_rank": 100,
                "precision": "{{precision}}"
            }
            """);
        Step("generate-test-data", "--config", In("config"));
        Step("compute-operators", "--config", In("config"), "--cache", In("operators"));
        Step("compress-m2l", "--config", In("config"));
        Assert.That((File.Exists(In("test.m2l.hdf5")), Directory.GetFiles(In("operators")).Length), Is.EqualTo((true, 2)));
        Step("evaluate", "--config", In("config"), "--gradient", "--cache", In("operators"));
        using Hdf5File points = Hdf5File.Open(In("test.hdf5")), field = Hdf5File.Open(In("test.field.hdf5"));
        Compare(Numbers(points, "particle_data/sources"), Numbers(points, "particle_data/source_densities"), Numbers(points, "particle_data/targets"), field, bar);
    }

    [Test]
    public void TheOlderGenerationWalksFromItsConfigurationToAField([Values("random", "separated")] string type)
    {
        Write("config.json", ConfigReadTests.Older.Replace("\"order\": 3", "\"order\": 6", StringComparison.Ordinal).Replace("\"target_rank\": 3", "\"target_rank\": 100", StringComparison.Ordinal));
        Step("generate-test-data", $"{Count}", type, "--config", In("config"));
        Step("compute-operators", "--config", In("config"));
        Step("compress-m2l", "--config", In("config"));
        Assert.That(File.Exists(In("precomputed_operators_order_3_test/m2l_compressed.hdf5")));
        Assert.That(Directory.GetFiles(In("precomputed_operators_order_3_test"), "laplace*"), Has.Length.EqualTo(2));
        Step("evaluate", "--config", In("config"), "--gradient", "--output", In("field.h5"));
        using Hdf5File field = Hdf5File.Open(In("field.h5"));
        Compare(Of("sources"), Of("source_densities"), Of("targets"), field, 1e-5);

        double[] Of(string name)
        {
            using Hdf5File file = Hdf5File.Open(In($"data_1k_random_test/{name}.hdf5"));
            return Numbers(file, name);
        }
    }

    [Test]
    public void ASceneTakesTheMethodOfTheConfiguration()
    {
        Write("config.json", """{ "order_equivalent": 5, "order_check": 5, "max_points": 30, "max_level": 3, "npoints": 1500, "precision": "single" }""");
        FmmOutcome outcome = FmmOutcome.Of("run", "sphere", "--config", In("config.json"));
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(outcome.Output, Does.StartWith("laplace, single precision, order 5, leaves of 30").And.Contain("sources 1500, targets 1500"));
    }

    [Test]
    public void SourcesOfTheCommandLineComeFirstAndTheirFieldGoesWhereItAlwaysGoes()
    {
        Write("config.json", """{ "experiment": "test", "order": 4 }""");
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", WriteCube(50), "--config", In("config"));
        Assert.That(outcome.Output, Does.StartWith("potential\n"), outcome.Error);
        Assert.That(File.Exists(In("test.field.hdf5")), Is.False);
    }

    [Test]
    public void TargetsOfTheCommandLineComeFirst()
    {
        Write("config.json", """{ "experiment": "test", "npoints": 50 }""");
        Step("generate-test-data", "--config", In("config"));
        string targets = Write("targets.csv", "x,y,z\n5,5,5\n");
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--config", In("config"), "--targets", targets, "--output", "-");
        Assert.That(FmmOutcome.Rows(outcome.Output), Has.Length.EqualTo(1), outcome.Error);
    }

    [Test]
    public void PointsThatNobodyNamesAreRefused()
    {
        Write("config.json", """{ "order": 4 }""");
        Refused("fmm: there are no points: name a file by --sources, or a configuration with experiment, or with source_filename, by --config\n");
        Write("config.json", """{ "source_filename": "sources" }""");
        Refused($"fmm: {In("sources.hdf5")}: these sources have no charges; name the file of their densities by source_densities_filename\n");
    }

    [Test]
    public void PointsThatAreNotThereAreRefusedByTheirFile()
    {
        Write("config.json", """{ "experiment": "test" }""");
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--config", In("config"));
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)));
        Assert.That(outcome.Error, Does.StartWith($"fmm: {In("test.hdf5")}: "));
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(1), "a file was left");
    }

    [Test]
    public void DensitiesOfAnotherNumberAreRefused()
    {
        Write("config.json", """{ "source_filename": "sources", "source_densities_filename": "densities" }""");
        WriteArray("sources", new double[12], 4, 3);
        WriteArray("densities", new double[5], 5);
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--config", In("config"));
        Assert.That(outcome.Code, Is.EqualTo(2));
        Assert.That(outcome.Error, Is.EqualTo($"fmm: {In("densities.hdf5")}: densities has the shape (5); the charges of {In("sources.hdf5")} are (4,) or (4, 1)\n"));
    }

    private void Refused(string told)
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--config", In("config"));
        Assert.That((outcome.Code, outcome.Output, outcome.Error), Is.EqualTo((2, "", told)));
    }

    private void WriteArray(string name, double[] numbers, params long[] shape)
    {
        using Hdf5Writer writer = Hdf5Writer.Create(In($"{name}.hdf5"));
        writer.Dataset<double>(name, numbers, shape);
        writer.Save();
    }

    private static void Step(params string[] arguments)
    {
        FmmOutcome outcome = FmmOutcome.Of(arguments);
        Assert.That(outcome.Code, Is.Zero, $"{string.Join(' ', arguments)}: {outcome.Error}");
    }

    private static void Compare(double[] sources, double[] densities, double[] targets, Hdf5File field, double bar)
    {
        double[] potentials = Numbers(field, "field/potential"), gradients = Numbers(field, "field/gradient");
        Assert.That((potentials.Length, gradients.Length), Is.EqualTo((targets.Length / 3, targets.Length)));
        int[] chosen = [.. Enumerable.Range(0, 200).Select(i => i * potentials.Length / 200)];
        Position[] from = Places(sources), all = Places(targets), at = [.. chosen.Select(i => all[i])];
        double potential = DirectField.Error([.. chosen.Select(i => potentials[i])], DirectField.Of(default(Laplace), from, densities, at));
        double gradient = DirectField.Error([.. chosen.SelectMany(i => gradients[(3 * i)..((3 * i) + 3)])], DirectField.Of(default(Laplace), from, densities, at, gradient: true));
        Assert.That(potential, Is.LessThan(bar));
        Assert.That(gradient, Is.LessThan(20 * bar));
    }

    private static Position[] Places(double[] rows) => [.. rows.Chunk(3).Select(row => new Position(row[0], row[1], row[2]))];

    private static double[] Numbers(Hdf5File file, string path)
    {
        Hdf5Dataset dataset = file.Dataset(path);
        double[] numbers = new double[dataset.Count];
        dataset.Read<double>(numbers);
        return numbers;
    }
}
