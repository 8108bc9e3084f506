using System.Globalization;
using System.Xml.Linq;
using Fmm.Components;
using Fmm.Files;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The time series of a run: HDF5, and the words by which ParaView opens it.</summary>
internal sealed class SeriesTests : CommandFixture
{
    private static readonly string[] _run = ["run", "galaxies", "--n", "300", "--steps", "5", "--order", "3", "--leaf", "50", "--threads", "1"];

    [Test]
    public void EverySecondStepAndTheLastAreWrittenAsTheyWere()
    {
        FmmOutcome outcome = FmmOutcome.Of([.. _run, "--output", In("run.h5"), "--output-every", "2"]);
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        using Simulation simulation = new Galaxies().Build(Request());
        simulation.Begin();
        using Hdf5File file = Hdf5File.Open(In("run.h5"));
        for (int step = 0; step <= 5; step++)
        {
            if (step > 0) simulation.Step();
            string group = $"/steps/{step:0000000}";
            if (step is 1 or 3) continue;
            double[] places = Numbers(file, $"{group}/positions");
            double[] potentials = Numbers(file, $"{group}/potential");
            List<double> x = [], now = [];
            simulation.World.Query(simulation.Bodies, (ref Position at, ref Potential potential) =>
            {
                x.Add(at.X);
                now.Add(potential.Value);
            });
            Assert.That(places.Where((_, i) => i % 3 == 0), Is.EqualTo(x), $"x at step {step}");
            Assert.That(potentials, Is.EqualTo(now), $"the potential at step {step}");
        }
    }

    [Test]
    public void TheXdmfNamesStepsByTheirTimesAndDatasetsOfTheShapesThatItSays()
    {
        Assert.That(FmmOutcome.Of([.. _run, "--output", In("run.h5"), "--output-every", "2"]).Code, Is.Zero);
        XElement[] grids = [.. XDocument.Load(In("run.xdmf")).Descendants("Grid").Where(one => (string?)one.Attribute("GridType") == "Uniform")];
        Assert.That(grids.Select(one => double.Parse(one.Element("Time")!.Attribute("Value")!.Value, CultureInfo.InvariantCulture)), Is.EqualTo((double[])[0, 0.01, 0.02, 0.025]).Within(1e-15));
        string asked = string.Join(", ", grids.SelectMany(one => one.Descendants("DataItem")).Select(item => $"('{item.Value.Split(':')[1]}', ({item.Attribute("Dimensions")!.Value.Replace(' ', ',')},))"));
        string told = DebianPython.Run(Folder, $"f = h5py.File('run.h5')\nprint(all(f[name].shape == shape and f[name].dtype == 'f8' for name, shape in [{asked}]), len([{asked}]))");
        Assert.That(told, Is.EqualTo("True 20"));
    }

    [Test]
    public void ARunThatDoesNotComeToItsEndLeavesTheFilesThatWereThere()
    {
        Write("run.h5", "old");
        Write("run.xdmf", "older");
        using Simulation simulation = new Galaxies().Build(Request());
        simulation.Begin();
        using (SeriesWriter writer = new(In("run.h5"), 1, 5, new OpenOutputs()))
        {
            writer.Begin(simulation);
            writer.AfterStep(simulation, 0);
        }

        Assert.That((File.ReadAllText(In("run.h5")), File.ReadAllText(In("run.xdmf"))), Is.EqualTo(("old", "older")));
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(2), "nothing else is left");
    }

    [Test]
    public void AStepThatIsWrittenTakesNothingFromTheHeap()
    {
        using Simulation simulation = new Galaxies().Build(Request());
        simulation.Begin();
        using SeriesWriter writer = new(In("run.h5"), 1, 100, new OpenOutputs());
        writer.Begin(simulation);
        for (int i = 0; i < 40; i++) writer.AfterStep(simulation, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 40; i++) writer.AfterStep(simulation, 0);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [TestCase("run.csv", "name a file .h5")]
    [TestCase("nowhere/run.h5", "there is no folder")]
    public void AFileThatCantBeWrittenIsRefusedBeforeTheWork(string name, string told)
    {
        FmmOutcome outcome = FmmOutcome.Of([.. _run, "--output", In(name)]);
        Assert.That((outcome.Code, outcome.Output), Is.EqualTo((2, "")));
        Assert.That(outcome.Error, Does.Contain(told));
    }

    [TestCase("--output-every", "--output")]
    [TestCase("--frames-every", "--frames")]
    public void HowOftenWithoutWhereIsRefused(string option, string needed)
    {
        FmmOutcome outcome = FmmOutcome.Of([.. _run, option, "2"]);
        Assert.That(outcome.Code, Is.EqualTo(2));
        Assert.That(outcome.Error, Does.Contain($"add {needed} or leave it out"));
    }

    private static double[] Numbers(Hdf5File file, string path)
    {
        Hdf5Dataset dataset = file.Dataset(path);
        double[] numbers = new double[dataset.Count];
        dataset.Read<double>(numbers);
        return numbers;
    }

    private static SceneRequest Request()
    {
        MemoryStream words = new();
        return new()
        {
            Settings = new FieldSettings("laplace", new Dictionary<string, double>(), 3, null, 50, InSingle: false, Gradient: false, Threads: 1, "auto"),
            Count = 300,
            Steps = 5,
            Terminal = new Terminal(words, words, outputIsScreen: false, errorIsScreen: false),
        };
    }
}
