using Fmm.Components;
using Fmm.Files;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>fmm generate-test-data: files under PyExaFMM's names, of both generations.</summary>
internal sealed class GenerateTests : CommandFixture
{
    [Test]
    public void PointsStandUnderPyExaFmmsNames([Values("random", "separated", "sphere", "cube", "plummer", "ellipsoid")] string type)
    {
        FmmOutcome outcome = FmmOutcome.Of("generate-test-data", "500", type, "--output", In("test.hdf5"));
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(outcome.Output, Does.EndWith($"test.hdf5: 500 points, {type}, seed 1, double precision\n"));
        using Hdf5File file = Hdf5File.Open(In("test.hdf5"));
        Assert.That(file.Datasets().Select(path => path.Trim('/')), Is.EquivalentTo((string[])["particle_data/sources", "particle_data/targets", "particle_data/source_densities"]));
        double[] sources = Read(file, "particle_data/sources", 500, 3), targets = Read(file, "particle_data/targets", 500, 3);
        Assert.That(targets.SequenceEqual(sources), Is.EqualTo(type != "separated"));
        double[] densities = Read(file, "particle_data/source_densities", 500);
        Assert.That(densities, Is.All.InRange(0, 1).And.All.LessThan(1));
        Assert.That(densities.Average(), Is.EqualTo(0.5).Within(0.05));
        Assert.That(Enumerable.Range(0, 500).Select(i => Radius(sources, i)), Is.All.Matches<double>(radius => Lies(type, radius)));
    }

    [Test]
    public void SeparatedPointsLieInTwoSmallCubes()
    {
        FmmOutcome.Of("generate-test-data", "300", "separated", "--output", In("test.h5"));
        using Hdf5File file = Hdf5File.Open(In("test.h5"));
        Assert.That(Read(file, "particle_data/sources", 300, 3), Is.All.InRange(-1, -0.9));
        Assert.That(Read(file, "particle_data/targets", 300, 3), Is.All.InRange(1, 1.1));
    }

    [Test]
    public void TheConfigurationSaysWhatAndWhere()
    {
        Write("config.json", """{ "experiment": "run", "npoints": 200, "data_type": "sphere", "precision": "single", "order_equivalent": 5, "order_check": 5 }""");
        FmmOutcome outcome = FmmOutcome.Of("generate-test-data", "--config", In("config"));
        Assert.That(outcome.Output, Does.EndWith("run.hdf5: 200 points, sphere, seed 1, single precision\n"), outcome.Error);
        using Hdf5File file = Hdf5File.Open(In("run.hdf5"));
        Assert.That(file.Datasets().Select(path => file.Dataset(path).Type), Is.All.EqualTo(Hdf5Type.Single));
    }

    [Test]
    public void TheCommandLineComesFirst()
    {
        Write("config.json", """{ "experiment": "run", "npoints": 200, "data_type": "sphere", "precision": "single" }""");
        FmmOutcome outcome = FmmOutcome.Of("generate-test-data", "cube", "300", "-c", In("config"), "--output", In("other.h5"), "--precision", "double", "--seed", "7");
        Assert.That(outcome.Output, Does.EndWith("other.h5: 300 points, cube, seed 7, double precision\n"), outcome.Error);
        Assert.That(File.Exists(In("run.hdf5")), Is.False);
        using Hdf5File file = Hdf5File.Open(In("other.h5"));
        Position[] points = PointClouds.Draw(default(UnitCube), 300, 7);
        Assert.That(Read(file, "particle_data/sources", 300, 3), Is.EqualTo(points.SelectMany(p => (double[])[p.X, p.Y, p.Z])));
    }

    [Test]
    public void TheOlderGenerationHasAFileEach()
    {
        Write("config.json", ConfigReadTests.Older);
        FmmOutcome outcome = FmmOutcome.Of("generate-test-data", "100", "random", "--config", In("config"));
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        foreach (string name in (string[])["sources", "targets", "source_densities"])
        {
            using Hdf5File file = Hdf5File.Open(In($"data_1k_random_test/{name}.hdf5"));
            Assert.That(file.Datasets().Select(path => path.Trim('/')), Is.EqualTo(new[] { name }));
            Assert.That(file.Dataset(name).Shape[0], Is.EqualTo(100));
        }
    }

    [Test]
    public void ASeedGivesTheSameFileAgainAndReplacesIt()
    {
        FmmOutcome.Of("generate-test-data", "100", "--output", In("test.h5"));
        byte[] first = File.ReadAllBytes(In("test.h5"));
        FmmOutcome.Of("generate-test-data", "100", "--seed", "2", "--output", In("test.h5"));
        Assert.That(File.ReadAllBytes(In("test.h5")), Is.Not.EqualTo(first));
        FmmOutcome.Of("generate-test-data", "100", "--seed", "1", "--output", In("test.h5"));
        Assert.That(File.ReadAllBytes(In("test.h5")), Is.EqualTo(first));
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(1), "a temporary file was left");
    }

    [Test]
    public void AFileWithMoreThanPointsIsNotReplacedUnlessTold()
    {
        using (Hdf5Writer writer = Hdf5Writer.Create(In("test.hdf5")))
        {
            writer.Dataset<double>("particle_data/sources", new double[3], [1, 3]);
            writer.Dataset<double>("octree/x0", new double[3], [1, 3]);
            writer.Dataset<double>("m2m", new double[8], [8]);
            writer.Save();
        }
        byte[] before = File.ReadAllBytes(In("test.hdf5"));
        Refused($"{In("test.hdf5")} holds more than these points (octree, m2m, octree/x0) and would be replaced; name another file, or overrule this with --force", "10", "--output", In("test.hdf5"));
        Assert.That(File.ReadAllBytes(In("test.hdf5")), Is.EqualTo(before));
        Assert.That(FmmOutcome.Of("generate-test-data", "10", "--output", In("test.hdf5"), "--force").Code, Is.Zero);
    }

    [Test]
    public void AFileThatIsNoHdf5IsNotReplacedUnlessTold()
    {
        string path = Write("test.h5", "precious");
        FmmOutcome outcome = FmmOutcome.Of("generate-test-data", "10", "--output", path);
        Assert.That((outcome.Code, outcome.ErrorLines.Length), Is.EqualTo((2, 1)));
        Assert.That(outcome.Error, Does.StartWith($"fmm: {path}: ").And.EndWith("; it would be replaced: name another file, or overrule this with --force\n"));
        Assert.That(File.ReadAllText(path), Is.EqualTo("precious"));
        Assert.That(FmmOutcome.Of("generate-test-data", "10", "--output", path, "--force").Code, Is.Zero);
    }

    [Test]
    public void ThePointsAreTheSameInEveryForm([Values("single", "double")] string precision)
    {
        foreach (string name in (string[])["p.h5", "p.csv", "p.npy", "p.npz", "p"])
        {
            FmmOutcome outcome = FmmOutcome.Of("generate-test-data", "300", "sphere", "--precision", precision, "--output", In(name), "--format", "npz");
            Assert.That((outcome.Code, outcome.Output), Is.EqualTo((0, $"{Path.GetRelativePath(".", In(name))}: 300 points, sphere, seed 1, {precision} precision\n")), outcome.Error);
        }
        string type = precision == "single" ? "float32" : "float64";
        DebianPython.Run(Folder, $"""
            f = h5py.File('p.h5')['particle_data']; a = np.load('p.npy'); t = np.genfromtxt('p.csv', delimiter=',', names=True)
            x, q = f['sources'][:], f['source_densities'][:]
            for z in (np.load('p.npz'), np.load('p')):
                assert (z['sources'] == x).all() and (z['source_densities'] == q).all() and (z['targets'] == f['targets'][:]).all() and z['sources'].dtype == '{type}'
            assert (a == np.c_[x, q]).all() and a.dtype == '{type}' and x.dtype == '{type}'
            assert all((t[n] == a[:, i]).all() for i, n in enumerate('xyzq'))
            """);
    }

    [TestCase("a.npy", "np.save('a.npy', np.ones((3, 7)))", "holds more than points (an array of the shape (3, 7))")]
    [TestCase("a.npz", "np.savez('a.npz', sources=np.ones((2, 3)), mine=np.ones(3))", "holds more than points (mine)")]
    [TestCase("a.csv", "open('a.csv', 'w').write('x,y,z,q,name\\n')", "holds more than points (name)")]
    [TestCase("a.csv", "open('a.csv', 'w').write('precious')", "it would be replaced")]
    public void AFileOfAnyFormThatHoldsMoreIsNotReplacedUnlessTold(string name, string script, string words)
    {
        DebianPython.Run(Folder, script);
        byte[] before = File.ReadAllBytes(In(name));
        FmmOutcome refused = FmmOutcome.Of("generate-test-data", "10", "--output", In(name));
        Assert.That((refused.Code, refused.ErrorLines.Length), Is.EqualTo((2, 1)));
        Assert.That(refused.Error, Does.Contain(words).And.EndWith("name another file, or overrule this with --force\n"));
        Assert.That(File.ReadAllBytes(In(name)), Is.EqualTo(before));
        for (int time = 0; time < 2; time++) Assert.That(FmmOutcome.Of(["generate-test-data", "10", "--output", In(name), .. time == 0 ? ["--force"] : Array.Empty<string>()]).Code, Is.Zero);
    }

    [Test]
    public void PointsOnStandardOutputLeaveTheReportToStandardError()
    {
        FmmOutcome outcome = FmmOutcome.Of("generate-test-data", "3", "--format", "csv", "--output", "-");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "standard output: 3 points, random, seed 1, double precision\n")));
        Assert.That(outcome.Output, Does.Match("^x,y,z,q\n([-0-9.Ee]+,){3}[0-9.Ee-]+\n"));
        Assert.That(outcome.Output.Split('\n'), Has.Length.EqualTo(5));
    }

    [Test]
    public void WhatIsMissingOrWrongIsRefused()
    {
        string words = "random, separated, sphere, cube, plummer, ellipsoid";
        string[] output = ["--output", In("test.h5")];
        Refused("generate-test-data: say how many points, as in fmm generate-test-data 1000, or name a --config with npoints", output);
        Refused("generate-test-data: say where to, as in --output test.hdf5, or name a --config with experiment, or with source_filename, target_filename and source_densities_filename", "10");
        Refused($"generate-test-data: 'spiral' is neither a whole number from 1 to 536870912 nor one of {words}", ["10", "spiral", .. output]);
        Refused("generate-test-data: the number of points must be a whole number from 1 to 536870912, not '0'", ["0", .. output]);
        Refused("generate-test-data: '20' is a second number of points; give one", ["10", "20", .. output]);
        Refused("generate-test-data: 'cube' is a second type; give one", ["sphere", "cube", .. output]);
        Refused($"--output {In("test")}: its name tells no form; end it in .hdf5, .h5, .npy, .npz or .csv, or say one by --format", "10", "--output", In("test"));
        Refused($"--output {In("test.vtk")}: VTK is for fields; end the name in .hdf5, .h5, .npy, .npz or .csv", "10", "--output", In("test.vtk"));
        Refused("generate-test-data: --format is the form of --output; name that, as in --output - for standard output", "10", "--format", "npy");
        Refused("generate-test-data: points of the type separated have targets of their own, for which NPY has no place; take npz or hdf5", "10", "separated", "--output", In("test.npy"));
        Write("config.json", """{ "source_filename": "one", "target_filename": "one", "source_densities_filename": "two" }""");
        FmmOutcome outcome = FmmOutcome.Of("generate-test-data", "10", "--config", In("config"));
        Assert.That(outcome.Error, Does.Match("^fmm: generate-test-data: source_filename, target_filename and source_densities_filename must be three files; .*one.hdf5, .*two.hdf5 are not\n$"));
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(1), "a file was written");
    }

    [Test]
    public void AFolderThatIsMissingIsRefused()
    {
        FmmOutcome outcome = FmmOutcome.Of("generate-test-data", "10", "--output", In("nowhere/test.h5"));
        Assert.That((outcome.Code, outcome.ErrorLines.Length), Is.EqualTo((2, 1)));
        Assert.That(outcome.Error, Does.StartWith($"fmm: {In("nowhere/test.h5")}: ").And.Contain("there is no folder"));
    }

    [Test]
    public void ACancelledRunLeavesTheOldFile()
    {
        string path = In("test.h5");
        FmmOutcome.Of("generate-test-data", "10", "--output", path);
        byte[] before = File.ReadAllBytes(path);
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.That(FmmOutcome.Of(cancelled.Token, "generate-test-data", "1000", "--output", path).Code, Is.EqualTo(130));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(1));
    }

    private static bool Lies(string type, double radius) => type switch
    {
        "sphere" => Math.Abs(radius - 0.5) < 1e-12,
        "ellipsoid" => radius is > 0.2499 and < 1.0001,
        "plummer" => radius <= 100.001,
        _ => radius <= Math.Sqrt(3),
    };

    private static double Radius(double[] rows, int point) =>
        Math.Sqrt((rows[3 * point] * rows[3 * point]) + (rows[(3 * point) + 1] * rows[(3 * point) + 1]) + (rows[(3 * point) + 2] * rows[(3 * point) + 2]));

    private static double[] Read(Hdf5File file, string path, params long[] shape)
    {
        Hdf5Dataset dataset = file.Dataset(path);
        Assert.That(dataset.Shape, Is.EqualTo(shape), path);
        double[] numbers = new double[dataset.Count];
        dataset.Read<double>(numbers);
        return numbers;
    }

    private static void Refused(string told, params string[] arguments)
    {
        FmmOutcome outcome = FmmOutcome.Of(["generate-test-data", .. arguments]);
        Assert.That((outcome.Code, outcome.Output, outcome.Error), Is.EqualTo((2, "", $"fmm: {told}\n")));
    }
}
