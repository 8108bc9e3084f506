using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What a command's help lists works with that command, and what would be ignored is refused.</summary>
internal sealed partial class OptionTests : CommandFixture
{
    private static readonly Dictionary<string, string[]> _values = ((string[])[
        "--targets targets.csv", "--output out.hdf5", "--output-every 2 --output out.hdf5", "--frames frames", "--frames-every 2 --frames frames", "--plot plot.svg", "--format csv", "--output-format npy", "--n 300", "--steps 2", "--checkpoint-every 1 --checkpoint checkpoint.hdf5", "--checkpoint checkpoint.hdf5", "--resume kept.hdf5", "--log log.jsonl", "--seed 7", "--kernel laplace", "--parameter k=5 --kernel yukawa", "--order 4",
        "--tolerance 1e-3", "--leaf 40", "--max-level 3", "--alpha-inner 1.1", "--alpha-outer 2.9", "--config config.json", "--cache kept",
        "--port 0 --view", "--rank 30", "--rank-tolerance 1e-3", "--m2l-file m2l.hdf5 --rank 30", "--precision single", "--threads 2", "--m2l fft", "--digits full", "--verify 10", "--domain 2", "--levels 3", "--repeat 1", "--vectors 1", "--ranks 2", "--parts --output out.hdf5",
        "--periodic xyz --box 2,2,2", "--box 2,0,2 --periodic xz", "--box-origin -1,-1,-1 --periodic y --box 2,4,2", "--outside refuse --periodic xyz --box 4,4,4 --box-origin -2,-2,-2"])
        .Select(line => line.Split(' ')).ToDictionary(words => words[0], words => words[1..]);

    private static readonly string[][] _commands =
        [["info"], ["evaluate", "--sources", "cube.csv"], ["run", "cube", "--n", "300"], ["run", "sphere", "--n", "300"], ["run", "galaxies", "--n", "50", "--steps", "2"],
            ["compute-operators", "--order", "3", "--cache", "kept"]];

    [TestCaseSource(nameof(_commands))]
    public void EveryOptionThatTheHelpListsWorks(params string[] command)
    {
        Assert.That(FmmOutcome.Of("compress-m2l", "--rank", "30", "--output", In("m2l.hdf5")).Code, Is.Zero);
        string help = FmmOutcome.Of([.. command.Take(command[0] == "run" ? 2 : 1), "--help"]).Output;
        string[] listed = [.. Listed().Matches(help).Select(match => match.Value.Trim()).Where(option => option != "--help")];
        Assert.That(listed, Does.Contain("--json"));
        // A step before the end of the run that goes on from it.
        Assert.That(FmmOutcome.Of("run", "galaxies", "--n", "50", "--steps", "1", "--checkpoint", In("kept.hdf5")).Code, Is.Zero);
        Write("targets.csv", "x,y,z\n0,0,0\n");
        Write("config.json", "{ \"order\": 4 }");
        WriteCube(300);
        Assert.Multiple(() =>
        {
            foreach (string option in listed)
            {
                string[] given = [.. Without(command, option), option, .. _values.GetValueOrDefault(option, [])];
                if (option == "--sources") given = command;
                FmmOutcome outcome = FmmOutcome.Of([.. given.Select(InFolder)]);
                Assert.That(outcome.Code, Is.Zero, $"{string.Join(' ', given)}: {outcome.Error}");
            }
        });
    }

    [TestCase("sphere", "--steps", "--view", "--port", "--frames", "--output")]
    [TestCase("galaxies", "--plot", "--verify", "--repeat", "--gradient", "--force", "--hessian", "--vectors", "--kernel", "--parameter")]
    [TestCase("sedimentation", "--verify", "--kernel", "--periodic")]
    [TestCase("nacl", "--steps", "--gradient", "--periodic", "--view", "--checkpoint-every")]
    public void ASceneDoesNotListWhatItRefuses(string scene, params string[] foreign)
    {
        string help = FmmOutcome.Of("run", scene, "--help").Output;
        Assert.That(foreign.Where(option => Listed().Matches(help).Any(match => match.Value.Trim() == option)), Is.Empty);
        Assert.That(Listed().Matches(FmmOutcome.Of("run", "--help").Output).Select(match => match.Value.Trim()), Is.SupersetOf(foreign));
    }

    [TestCase("--growth", "--json")]
    [TestCase("--growth", "--papers")]
    [TestCase("--steps", "--growth")]
    [TestCase("--steps", "--json")]
    [TestCase("--growth", "--case", "cube-f64-stokes")]
    [TestCase("--papers", "--repeat", "2")]
    [TestCase("--list", "--json")]
    [TestCase("--list", "--n", "1000")]
    [TestCase("--quick", "--n", "1000")]
    public void ABenchRefusesWhatItWouldIgnore(params string[] options)
    {
        FmmOutcome outcome = FmmOutcome.Of(["bench", .. options]);
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)), outcome.Error);
        Assert.That(outcome.Error, Does.Contain(options[0]).And.Contain(options[1]));
    }

    [TestCase("info")]
    [TestCase("run", "cube", "--n", "300")]
    [TestCase("run", "galaxies", "--n", "50", "--steps", "3")]
    [TestCase("bench", "--case", "cube-f32-2.5e-4", "--n", "1000", "--repeat", "1", "--threads", "1")]
    public void JsonIsOneObjectAndNothingElse(params string[] command)
    {
        FmmOutcome outcome = FmmOutcome.Of([.. command, "--json"]);
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        Assert.That(json.RootElement.ValueKind, Is.EqualTo(JsonValueKind.Object));
    }

    [Test]
    public void InfoTellsTheSameAsJson()
    {
        using JsonDocument json = JsonDocument.Parse(FmmOutcome.Of("info", "--json").Output);
        string text = FmmOutcome.Of("info").Output;
        Assert.That(json.RootElement.GetProperty("threads").GetInt32(), Is.EqualTo(Environment.ProcessorCount));
        Assert.That(text, Does.Contain(json.RootElement.GetProperty("linear_algebra").GetString()!).And.Contain(json.RootElement.GetProperty("runtime").GetString()!));
        Assert.That(json.RootElement.GetProperty("vector_bits").GetInt32(), Is.GreaterThanOrEqualTo(0));
    }

    [Test]
    public void GalaxiesTellTheirStepsAsJson()
    {
        using JsonDocument json = JsonDocument.Parse(FmmOutcome.Of("run", "galaxies", "--n", "200", "--steps", "20", "--json").Output);
        JsonElement[] log = [.. json.RootElement.GetProperty("log").EnumerateArray()];
        Assert.That(json.RootElement.GetProperty("bodies").GetInt32(), Is.EqualTo(200));
        Assert.That((log.Length, log[^1].GetProperty("step").GetInt32(), log[^1].GetProperty("time").GetDouble()), Is.EqualTo((10, 20, 0.1)));
        Assert.That(log[^1].GetProperty("energy_drift").GetDouble(), Is.InRange(-1e-3, 1e-3).And.Not.Zero);
    }

    // An option that is there already with another value.
    private static IEnumerable<string> Without(string[] command, string option)
    {
        for (int i = 0; i < command.Length; i++)
        {
            if (command[i] == option) i++;
            else yield return command[i];
        }
    }

    private string InFolder(string argument) => argument.EndsWith(".csv", StringComparison.Ordinal) || argument.EndsWith(".json", StringComparison.Ordinal) || argument.EndsWith(".hdf5", StringComparison.Ordinal) || argument.EndsWith(".svg", StringComparison.Ordinal) || argument is "kept" or "frames" ? In(argument) : argument;

    [GeneratedRegex(@"(?<=^  (-\S+, )*)--[a-z0-9-]+", RegexOptions.Multiline)]
    private static partial Regex Listed();
}
