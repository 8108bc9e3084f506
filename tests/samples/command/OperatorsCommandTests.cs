using System.Diagnostics;
using System.Text.Json;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary><c>fmm compute-operators</c> and <c>recompute-operators</c>, and the folder that run and evaluate take operators from.</summary>
internal sealed class OperatorsCommandTests : ShellFixture
{
    [Test]
    public void What_is_computed_is_told_kept_and_there_the_next_time()
    {
        FmmOutcome first = Compute("--order", "4"), second = Compute("--order", "4"), anew = FmmOutcome.Of("recompute-operators", "--cache", In("cache"), "--order", "4");
        Assert.That((first.Code, first.Error, second.Code, anew.Code), Is.EqualTo((0, "", 0, 0)));
        Assert.That(Lines(first), Has.Length.EqualTo(2).And.All.StartsWith("computed "));
        Assert.That(Lines(second), Has.Length.EqualTo(2).And.All.StartsWith("there "));
        Assert.That(Lines(anew), Has.Length.EqualTo(2).And.All.StartsWith("computed "));
        Assert.That(Directory.GetFiles(In("cache")), Has.Length.EqualTo(2).And.All.EndsWith(".h5"));
    }

    [Test]
    public void A_run_takes_what_was_computed_for_its_domain_and_finds_the_same_field()
    {
        string sources = WriteCube(3000);
        string[] run = ["evaluate", "--sources", sources, "--kernel", "yukawa", "--parameter", "k=3", "--order", "4", "--leaf", "40"];
        FmmOutcome plain = FmmOutcome.Of([.. run, "--no-cache"]), kept = FmmOutcome.Of([.. run, "--cache", In("cache")]);
        string[] files = Directory.GetFiles(In("cache"));
        DateTime[] times = [.. files.Select(File.GetLastWriteTimeUtc)];
        FmmOutcome loaded = FmmOutcome.Of([.. run, "--cache", In("cache")]);
        Assert.That((plain.Code, kept.Code, loaded.Code), Is.EqualTo((0, 0, 0)), kept.Error);
        Assert.That((kept.Output, loaded.Output), Is.EqualTo((plain.Output, plain.Output)));
        Assert.That(files, Is.Not.Empty);
        Assert.That(files.Select(File.GetLastWriteTimeUtc), Is.EqualTo(times), "nothing was written anew");
        Assert.That(Lines(Compute("--kernel", "yukawa", "--parameter", "k=3", "--order", "4", "--domain", "1", "--levels", "2")), Has.Length.EqualTo(2).And.All.StartsWith("there "));
    }

    [Test]
    public void A_run_in_a_box_that_repeats_takes_what_was_computed_for_the_box()
    {
        string[] box = ["--kernel", "yukawa", "--parameter", "k=3", "--order", "4", "--periodic", "xyz", "--box", "3,3,1.5"];
        Assert.That(Lines(Compute([.. box, "--levels", "5"])), Has.Length.EqualTo(10).And.All.StartsWith("computed "), "levels 1 to 5");
        DateTime[] times = [.. Directory.GetFiles(In("cache")).Select(File.GetLastWriteTimeUtc)];
        FmmOutcome run = FmmOutcome.Of(["evaluate", "--sources", WriteCube(3000), .. box, "--leaf", "40", "--cache", In("cache")]);
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(Directory.GetFiles(In("cache")).Select(File.GetLastWriteTimeUtc), Is.EqualTo(times), "nothing was written anew");
        Assert.That(Compute([.. box, "--box-origin", "1,1,1"]).Code, Is.EqualTo(2), "it is the same wherever the box is");
        Assert.That(Compute("--periodic", "xyz").Error, Does.Contain("--periodic xyz needs the box's edges"));
    }

    [Test]
    public void A_damaged_file_is_a_note_and_the_run_goes_on()
    {
        Compute("--order", "4");
        string file = Directory.GetFiles(In("cache"))[0];
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..1000]);
        FmmOutcome run = FmmOutcome.Of("run", "cube", "--n", "3000", "--order", "4", "--cache", In("cache"));
        Assert.That(run.Code, Is.Zero);
        Assert.That(run.ErrorLines, Has.Length.EqualTo(1));
        Assert.That(run.Error, Does.StartWith("fmm: note: operators are computed anew: ").And.Contain(Path.GetFileName(file)));
        Assert.That(FmmOutcome.Of("run", "cube", "--n", "3000", "--order", "4", "--cache", In("cache")).Error, Is.Empty);
    }

    [Test]
    public void A_folder_that_can_not_be_written_is_a_note_to_a_run_and_a_failure_to_who_asks_for_nothing_else()
    {
        Write("file", "");
        FmmOutcome run = FmmOutcome.Of("run", "cube", "--n", "3000", "--order", "4", "--cache", In("file/below"));
        Assert.That((run.Code, run.ErrorLines.Length), Is.EqualTo((0, 1)));
        Assert.That(run.Error, Does.StartWith("fmm: note: operators can't be kept in "));
        Assert.That(FmmOutcome.Of("compute-operators", "--cache", In("file/below")).Code, Is.EqualTo(1));
    }

    [Test]
    public void A_full_disk_leaves_no_half_of_a_file()
    {
        // 64 blocks of 1024 bytes: less than a file of operators. The runtime itself would map larger ones, to write code into.
        FmmOutcome outcome = Shell("export DOTNET_EnableWriteXorExecute=0; ulimit -f 64; $FMM run cube --n 3000 --order 6 --cache cache");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(outcome.Error, Does.StartWith("fmm: note: operators can't be kept in "));
        Assert.That(Directory.GetFiles(In("cache")), Is.Empty);
    }

    [Test]
    public void Two_processes_at_once_leave_one_good_file_each()
    {
        using Process one = BeginFmm("recompute-operators", "--order", "5", "--cache", In("cache"), "--json"), other = BeginFmm("recompute-operators", "--order", "5", "--cache", In("cache"), "--json");
        FmmOutcome[] ends = [End(one), End(other)];
        Assert.That(ends.Select(end => (end.Code, end.Error)), Is.All.EqualTo((0, "")));
        Assert.That(Directory.GetFiles(In("cache")), Has.Length.EqualTo(2).And.All.EndsWith(".h5"));
        Assert.That(Lines(Compute("--order", "5")), Has.Length.EqualTo(2).And.All.StartsWith("there "));
    }

    [Test]
    public void Json_tells_every_file()
    {
        using JsonDocument json = JsonDocument.Parse(Compute("--kernel", "yukawa", "--parameter", "k=2", "--order", "3", "--domain", "4", "--levels", "5", "--json").Output);
        JsonElement[] all = [.. json.RootElement.GetProperty("operators").EnumerateArray()];
        Assert.That(all, Has.Length.EqualTo(8), "levels 2 to 5, translations and transfers");
        Assert.That(all.All(one => File.Exists(one.GetProperty("file").GetString()) && one.GetProperty("computed").GetBoolean()), Is.True);
        Assert.That(all.Select(one => one.GetProperty("half_width").GetDouble()).Distinct().Count(), Is.EqualTo(4));
    }

    [TestCase("--cache", "", "--cache")]
    [TestCase("--domain", "0", "--domain")]
    [TestCase("--levels", "1", "--levels")]
    [TestCase("--levels", "22", "--levels")]
    [TestCase("--order", "17", "--order")]
    [TestCase("--parameter", "k=1", "--parameter k")]
    public void What_can_not_be_is_refused(string option, string value, string told)
    {
        FmmOutcome outcome = FmmOutcome.Of("compute-operators", option, value);
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)), outcome.Error);
        Assert.That(outcome.Error, Does.Contain(told));
    }

    [Test]
    public void A_folder_that_is_a_file_and_a_cache_that_is_none_are_refused()
    {
        string file = Write("file", "");
        Assert.That(FmmOutcome.Of("run", "cube", "--n", "300", "--cache", file).Code, Is.EqualTo(2));
        FmmOutcome both = FmmOutcome.Of("run", "cube", "--n", "300", "--cache", In("cache"), "--no-cache");
        Assert.That(both.Code, Is.EqualTo(2));
        Assert.That(both.Error, Does.Contain("--no-cache exclude each other"));
    }

    private FmmOutcome Compute(params string[] options) => FmmOutcome.Of(["compute-operators", "--cache", In("cache"), .. options]);

    private static string[] Lines(FmmOutcome outcome) => outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
