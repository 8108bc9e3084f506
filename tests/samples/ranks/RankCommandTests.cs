using System.Globalization;
using System.Text.Json;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>fmm run and fmm evaluate over ranks that are threads: what one rank would say and write.</summary>
internal sealed class RankCommandTests : CommandFixture
{
    private static readonly string[] _method = ["--order", "6", "--leaf", "40"];

    [TestCase("cube")]
    [TestCase("sphere")]
    public void A_scene_tells_the_error_of_one_rank(string scene)
    {
        double[] errors = [.. ((string[])["1", "3"]).Select(count =>
        {
            FmmOutcome outcome = FmmOutcome.Of(["run", scene, "--n", "3001", "--ranks", count, "--json", .. _method]);
            Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
            using JsonDocument json = JsonDocument.Parse(outcome.Output);
            return json.RootElement.GetProperty("error").GetProperty("potential_l2").GetDouble();
        })];
        Assert.That(errors[1], Is.EqualTo(errors[0]).Within(1e-3 * errors[0]));
    }

    [TestCase("ball")]
    [TestCase("nacl")]
    [TestCase("yukawa-crystal")]
    [TestCase("own-kernel")]
    public void A_scene_finds_what_it_finds_on_one_rank(string scene)
    {
        double[][] found = [.. ((string[])["1", "3"]).Select(count =>
        {
            FmmOutcome outcome = FmmOutcome.Of("run", scene, "--n", "1500", "--ranks", count, "--json");
            Assert.That((outcome.Code, outcome.Error), Is.EqualTo((0, "")));
            using JsonDocument json = JsonDocument.Parse(outcome.Output);
            if (count == "3") Assert.That(json.RootElement.GetProperty("ranks").GetProperty("each").GetArrayLength(), Is.EqualTo(3));
            return json.RootElement.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("measured").GetDouble()).ToArray();
        })];
        Assert.That(found[1], Is.EqualTo(found[0]).Within(2e-5).Percent.Or.EqualTo(found[0]).Within(2e-5));
    }

    [TestCase("p.h5", "f.csv", 3)]
    [TestCase("p.npz", "f.csv", 2)]
    [TestCase("p.npy", "f.csv", 4)]
    [TestCase("p.csv", "f.csv", 3)]
    public void The_field_is_that_of_one_rank_in_the_order_of_the_input(string points, string field, int count)
    {
        Assert.That(FmmOutcome.Of("generate-test-data", "1001", "sphere", "--output", In(points)).Code, Is.Zero);
        double[][][] rows = [.. ((int[])[1, count]).Select(ranks =>
        {
            FmmOutcome outcome = FmmOutcome.Of(["evaluate", "--sources", In(points), "--gradient", "--force", "--ranks", $"{ranks}", "--output", In(field), .. _method]);
            Assert.That(outcome.Code, Is.Zero, outcome.Error);
            return Numbers(File.ReadAllText(In(field)));
        })];
        AssertClose(rows[1], rows[0]);
    }

    [Test]
    public void Targets_apart_from_the_sources_may_be_fewer_than_the_ranks()
    {
        Assert.That(FmmOutcome.Of("generate-test-data", "500", "cube", "--output", In("p.h5")).Code, Is.Zero);
        Write("t.csv", "x,y,z\n0.5,0.5,0.5\n3,3,3\n");
        string[] call = ["evaluate", "--sources", In("p.h5"), "--targets", In("t.csv"), .. _method];
        FmmOutcome one = FmmOutcome.Of(call), five = FmmOutcome.Of([.. call, "--ranks", "5"]);
        Assert.That((five.Code, one.Code), Is.EqualTo((0, 0)), five.Error);
        AssertClose(Numbers(five.Output), Numbers(one.Output));
    }

    [Test]
    public void Targets_of_the_file_count_where_they_are_not_the_sources()
    {
        Assert.That(FmmOutcome.Of("generate-test-data", "300", "separated", "--output", In("p.h5")).Code, Is.Zero);
        FmmOutcome one = FmmOutcome.Of(["evaluate", "--sources", In("p.h5"), .. _method]), three = FmmOutcome.Of(["evaluate", "--sources", In("p.h5"), "--ranks", "3", .. _method]);
        Assert.That((three.Code, one.Code), Is.EqualTo((0, 0)), three.Error);
        AssertClose(Numbers(three.Output), Numbers(one.Output));
        Assert.That(three.ErrorLines.Count(line => line.Contains("the field is computed at its targets", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [TestCase("run galaxies --ranks 2 --plot x.png", "fmm: --plot means nothing to the scene galaxies; leave it out")]
    [TestCase("run cube --ranks 2 --plot x.png", "fmm: --plot works on one rank, and there are 2; leave it out")]
    [TestCase("run capacitance --ranks 2", "fmm: the scene capacitance runs on one rank, and there are 2; those that run over ranks are sphere, cube, ball, nacl, yukawa-crystal, galaxies, own-kernel")]
    [TestCase("run cube --ranks 0", "fmm: --ranks must be a whole number from 1 to 4096, not '0'; fmm run --help tells the usage")]
    [TestCase("run cube --ranks 3 --kernel yukawa", "fmm: --kernel yukawa needs its parameter k; add --parameter k=5, for example")]
    [TestCase("evaluate --sources nowhere.h5 --ranks 3", "fmm: nowhere.h5: there is no such file; check the path")]
    [TestCase("evaluate --sources nowhere.csv --ranks 3", "fmm: nowhere.csv: there is no such file; check the path")]
    [TestCase("evaluate --sources nowhere.h5 --ranks 3 --parts --output field.csv", "fmm: --parts: a field in parts is HDF5 files; name the index by --output, such as --output field.h5, or leave --parts out")]
    public void What_all_ranks_refuse_is_told_once(string call, string words)
    {
        FmmOutcome outcome = FmmOutcome.Of(call.Split(' '));
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)), outcome.Error);
        Assert.That(outcome.Error, Does.StartWith(words));
    }

    [Test]
    public void What_one_rank_refuses_is_told_with_its_number_and_leaves_nothing_behind()
    {
        DebianPython.Run(Folder, "x = np.random.rand(100, 3); x[70, 1] = np.inf; f = h5py.File('p.h5', 'w'); f['sources'] = x; f['source_densities'] = x[:, 0]");
        foreach (string[] output in (string[][])[["--output", In("f.h5")], ["--parts", "--output", In("f.h5")]])
        {
            FmmOutcome outcome = FmmOutcome.Of(["evaluate", "--sources", In("p.h5"), "--ranks", "4", .. output]);
            Assert.That((outcome.Code, outcome.Output), Is.EqualTo((2, "")));
            Assert.That(outcome.ErrorLines, Is.EqualTo(new[] { $"fmm: rank 2 of 4: {In("p.h5")}: sources[70, 1] is Infinity; coordinates and charges must be finite" }));
            Assert.That(Directory.GetFiles(Folder), Is.EqualTo(new[] { In("p.h5") }));
        }
    }

    [Test]
    public void Parts_hold_the_rows_of_the_whole_and_the_index_names_them()
    {
        Assert.That(FmmOutcome.Of("generate-test-data", "7", "cube", "--output", In("p.h5")).Code, Is.Zero);
        string[] call = ["evaluate", "--sources", In("p.h5"), "--gradient", .. _method];
        // The last call has more ranks than rows.
        foreach (int count in (int[])[1, 3, 9])
        {
            FmmOutcome outcome = FmmOutcome.Of([.. call, "--ranks", $"{count}", "--parts", "--output", In("f.h5")]);
            Assert.That(outcome.Code, Is.Zero, outcome.Error);
            Assert.That(FmmOutcome.Of([.. call, "--output", In("w.h5")]).Code, Is.Zero);
            string told = FmmOutcome.Of("inspect", In("f.h5")).Output;
            Assert.That(told, Does.Contain($"parts = {count}\n").And.Contain("rows = 7\n").And.Contain("kernel = laplace\n").And.Contain($"file = f.{count - 1}.h5\n"));
            Assert.That(DebianPython.Run(Folder, """
                index, whole = h5py.File('f.h5'), h5py.File('w.h5')
                places = [index['parts'][str(k)].attrs for k in range(index['field'].attrs['parts'])]
                parts = [h5py.File(p['file']) for p in places]
                print([len(p['field/potential']) for p in parts] == [p['rows'] for p in places], places[0]['first_row'], all(p['field'].attrs['first_row'] == q['first_row'] for p, q in zip(parts, places)))
                for name in ('potential', 'gradient'): print(name, np.allclose(np.concatenate([p['field/' + name] for p in parts]), whole['field/' + name], rtol=1e-9, atol=1e-12))
                """), Is.EqualTo("True 0 True\npotential True\ngradient True"));
        }
    }

    [Test]
    public void An_output_that_can_not_be_written_ends_all_ranks()
    {
        if (!File.Exists("/dev/full")) Assert.Ignore("Linux alone has a device that is always full.");
        Assert.That(FmmOutcome.Of("generate-test-data", "3000", "cube", "--output", In("p.h5")).Code, Is.Zero);
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", In("p.h5"), "--ranks", "3", "--output", "/dev/full", "--order", "3");
        Assert.That((outcome.Code, outcome.ErrorLines.Length), Is.EqualTo((1, 1)), outcome.Error);
        Assert.That(outcome.Error, Does.StartWith("fmm: the result can't be written: --output /dev/full: no space is left on the device"));
    }

    [Test]
    public void A_run_that_is_cancelled_ends_all_ranks()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        FmmOutcome outcome = FmmOutcome.Of(source.Token, "run", "cube", "--n", "2000", "--ranks", "3");
        Assert.That((outcome.Code, outcome.Output, outcome.Error), Is.EqualTo((130, "", "fmm: cancelled before its output was complete\n")));
    }

    [Test]
    public void Words_of_ranks_other_than_the_first_are_not_heard()
    {
        FmmOutcome one = FmmOutcome.Of("run", "cube", "--n", "2000", "--order", "4", "--max-level", "1", "--leaf", "50");
        FmmOutcome three = FmmOutcome.Of("run", "cube", "--n", "2000", "--order", "4", "--max-level", "1", "--leaf", "50", "--ranks", "3");
        Assert.That((three.Code, three.ErrorLines.Length), Is.EqualTo((0, one.ErrorLines.Length)), three.Error);
        Assert.That(three.ErrorLines.Select(line => line.Split(':')[1]), Is.EqualTo(one.ErrorLines.Select(line => line.Split(':')[1])));
        Assert.That(three.Output.Split('\n').Count(line => line.StartsWith("tree ", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    private static double[][] Numbers(string csv) => [.. FmmOutcome.Rows(csv).Select(row => row.Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray())];

    private static void AssertClose(double[][] found, double[][] expected)
    {
        Assert.That(found.Select(row => row.Length), Is.EqualTo(expected.Select(row => row.Length)));
        double[] all = [.. expected.SelectMany(row => row)], others = [.. found.SelectMany(row => row)];
        double largest = all.Max(Math.Abs);
        Assert.That(all.Zip(others, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(1e-10 * largest));
    }
}
