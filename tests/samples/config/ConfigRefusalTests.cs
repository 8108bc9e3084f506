using System.Text;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Every fault of a configuration file: one line that names file, line, column, key and remedy.</summary>
internal sealed class ConfigRefusalTests : CommandFixture
{
    private static readonly TestCaseData[] _texts =
    [
        Text("unknown key", "{\n  \"max_point\": 100\n}", "line 2, column 3: there is no key 'max_point'; the nearest is max_points"),
        Text("swapped letters", "{ \"preciison\": \"single\" }", "line 1, column 3: there is no key 'preciison'; the nearest is precision"),
        Text("capital", "{ \"Order\": 6 }", "line 1, column 3: there is no key 'Order'; the nearest is order"),
        Text("empty key", "{ \"\": 6 }", "line 1, column 3: there is no key ''; the nearest is order"),
        Text("unprintable key", "{ \"a\\u0001\": 6 }", "line 1, column 3: there is no key 'a?'; the nearest is order"),
        Text("behind other letters", "{ /* ä𝄞 */ \"orders\": 6 }", "line 1, column 13: there is no key 'orders'; the nearest is order"),
        Text("word for a number", "{\n  \"order\": \"six\"\n}", "line 2, column 12: order must be a whole number from 2 to 16, not \"six\""),
        Text("number in quotes", "{ \"max_points\": \"150\" }", "line 1, column 17: max_points must be a whole number from 1 up, not \"150\""),
        Text("fraction", "{ \"max_level\": 3.5 }", "line 1, column 16: max_level must be a whole number from 0 to 21, not 3.5"),
        Text("beyond int", "{ \"npoints\": 1e300 }", "line 1, column 14: npoints must be a whole number from 1 to 536870912, not 1e300"),
        Text("beyond double", "{ \"alpha_inner\": 1e400 }", "line 1, column 18: alpha_inner must be a number above 1 and below 3, such as 1.05, not 1e400"),
        Text("number for a word", "{ \"kernel\": 5 }", "line 1, column 13: kernel must be one of " + string.Join(", ", KernelChoice.Names) + ", not 5"),
        Text("truth", "{ \"order\": true }", "line 1, column 12: order must be a whole number from 2 to 16, not true"),
        Text("list", "{ \"order\":\n  [6, 7] }", "line 2, column 3: order must be a whole number from 2 to 16, not [6, 7]"),
        Text("object", "{ \"experiment\": {} }", "line 1, column 17: experiment must be a file's name, its ending left out, not {}"),
        Text("order 1", "{ \"order\": 1 }", "line 1, column 12: order must be a whole number from 2 to 16, not 1"),
        Text("order 17", "{ \"order_check\": 17 }", "line 1, column 18: order_check must be a whole number from 2 to 16, not 17"),
        Text("order equivalent 0", "{ \"order_equivalent\": 0 }", "line 1, column 23: order_equivalent must be a whole number from 2 to 16, not 0"),
        Text("level 22", "{ \"max_level\": 22 }", "line 1, column 16: max_level must be a whole number from 0 to 21, not 22"),
        Text("older level -1", "{ \"octree_max_level\": -1 }", "line 1, column 23: octree_max_level must be a whole number from 0 to 21, not -1"),
        Text("rank 0", "{ \"target_rank\": 0 }", "line 1, column 18: target_rank must be a whole number from 1 up, not 0"),
        Text("no points", "{ \"npoints\": 0 }", "line 1, column 14: npoints must be a whole number from 1 to 536870912, not 0"),
        Text("no points a leaf", "{ \"max_points\": 0 }", "line 1, column 17: max_points must be a whole number from 1 up, not 0"),
        Text("inner 1", "{ \"alpha_inner\": 1 }", "line 1, column 18: alpha_inner must be a number above 1 and below 3, such as 1.05, not 1"),
        Text("outer 3", "{ \"alpha_outer\": 3 }", "line 1, column 18: alpha_outer must be a number above 1 and below 3, such as 1.05, not 3"),
        Text("kernel", "{ \"kernel\": \"gravitation\" }", "line 1, column 13: kernel must be one of " + string.Join(", ", KernelChoice.Names) + ", not \"gravitation\""),
        Text("precision", "{ \"precision\": \"half\" }", "line 1, column 16: precision must be one of single, double, not \"half\""),
        Text("backend", "{ \"backend\": \"openmp\" }", "line 1, column 14: backend must be numba, not \"openmp\""),
        Text("data type", "{ \"data_type\": \"spiral\" }", "line 1, column 16: data_type must be one of random, separated, sphere, cube, plummer, ellipsoid, not \"spiral\""),
        Text("empty name", "{ \"experiment\": \"\" }", "line 1, column 17: experiment must be a file's name, its ending left out, not \"\""),
        Text("unprintable name", "{ \"source_filename\": \"a\\u0000\" }", "line 1, column 22: source_filename must be a file's name, its ending left out, not \"a\\u0000\""),
        Text("empty folder", "{ \"operator_dirname\": \"\" }", "line 1, column 23: operator_dirname must be a folder, not \"\""),
        Text("key twice", "{\n  \"order\": 6,\n  \"order\": 6\n}", "line 3, column 3: 'order' stands in line 2 already; give it once"),
        Text("orders of surfaces", "{\n  \"order_equivalent\": 5,\n  \"order_check\": 6\n}",
            "line 3, column 18: order_check is 6, but order_equivalent in line 2 is 5: the engine takes one order for both surfaces; give them the same"),
        Text("orders of surfaces turned", "{\n  \"order_check\": 6,\n  \"order_equivalent\": 5\n}",
            "line 3, column 23: order_equivalent is 5, but order_check in line 2 is 6: the engine takes one order for both surfaces; give them the same"),
        Text("orders of generations", "{\n  \"order\": 5,\n  \"order_equivalent\": 6\n}",
            "line 3, column 23: order_equivalent is 6, but order in line 2 is 5: they are two names of one number; leave one out"),
        Text("order and check", "{ \"order\": 5, \"order_check\": 6 }",
            "line 1, column 30: order_check is 6, but order in line 1 is 5: they are two names of one number; leave one out"),
        Text("levels of generations", "{ \"max_level\": 5,\n  \"octree_max_level\": 6 }",
            "line 2, column 23: octree_max_level is 6, but max_level in line 1 is 5: they are two names of one number; leave one out"),
        Text("surfaces inside out", "{ \"alpha_inner\": 2.95, \"alpha_outer\": 1.05 }",
            "line 1, column 39: alpha_outer is 1.05, but alpha_inner in line 1 is 2.95: the outer surface must be the larger one, such as 1.05 and 2.95"),
        Text("surfaces alike", "{ \"alpha_inner\": 2, \"alpha_outer\": 2.0 }",
            "line 1, column 36: alpha_outer is 2.0, but alpha_inner in line 1 is 2: the outer surface must be the larger one, such as 1.05 and 2.95"),
        Text("points of generations", "{ \"experiment\": \"test\",\n  \"source_filename\": \"sources\" }",
            "line 2, column 22: source_filename is \"sources\", but experiment in line 1 is \"test\": both name where the points are; leave one out"),
        Text("folder of generations", "{ \"data_dirname\": \"data\",\n  \"experiment\": \"test\" }",
            "line 2, column 17: experiment is \"test\", but data_dirname in line 1 is \"data\": both name where the points are; leave one out"),
        Text("no object", "[1, 2]", "line 1, column 1: a configuration is one JSON object, such as { \"order\": 6 }"),
        Text("null", "null", "line 1, column 1: a configuration is one JSON object, such as { \"order\": 6 }"),
        Text("empty", "", "line 1, column 1: this is no JSON: "),
        Text("cut off", "{\n  \"order\": 6,\n", "this is no JSON: "),
        Text("no comma", "{\n  \"order\": 6\n  \"kernel\": \"laplace\"\n}", "line 3, column 3: this is no JSON: "),
        Text("not a number", "{ \"alpha_inner\": NaN }", "line 1, column 18: this is no JSON: "),
        Text("something behind", "{ } { }", "line 1, column 5: this is no JSON: "),
        Text("half a character", "{ \"\\ud800\": 1 }", "line 1, column 3: the key holds half of a character (a lone surrogate); write it whole"),
    ];

    [TestCaseSource(nameof(_texts))]
    public void AFaultIsRefusedWithItsPlace(string text, string told)
    {
        string path = Write("config.json", text);
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", In("none.csv"), "--config", path);
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)), outcome.Error);
        if (told.EndsWith(": ", StringComparison.Ordinal)) Assert.That(outcome.Error, Does.StartWith($"fmm: {path}: ").And.Contain(told));
        else Assert.That(outcome.Error, Is.EqualTo($"fmm: {path}: {told}\n"));
    }

    [Test]
    public void BytesThatAreNoTextAreRefused()
    {
        File.WriteAllBytes(In("config.json"), [.. "{ \"experiment\": \""u8, 0xff, .. "\" }"u8]);
        Refused(In("config.json"), $"{In("config.json")}: this is no text in UTF-8; save it as such");
    }

    [Test]
    public void ALoneSurrogateInAValueIsNoName() => Refused(
        Write("config.json", """{ "experiment": "\ud800" }"""),
        $"{In("config.json")}: line 1, column 17: experiment must be a file's name, its ending left out, not \"\\ud800\"");

    [Test]
    public void AHugeFileIsNoConfiguration() => Refused(
        Write("config.json", new string(' ', (1 << 20) + 1)), $"--config {In("config.json")}: this is no configuration, it is larger than 1048576 bytes; check the path");

    [Test]
    public void AMissingFileIsRefusedWithBothNames()
    {
        Refused(In("config"), $"--config {In("config")}: there is no such file, and no {In("config.json")}; check the path");
        Refused(In("config.json"), $"--config {In("config.json")}: there is no such file; check the path");
    }

    [Test]
    public void AFolderIsRefused() => Refused(Folder, $"--config {Folder}: this is a folder; name a file in it");

    [Test]
    public void AnEmptyNameIsRefused() => Refused("", "--config: the name is empty; name a file");

    [Test]
    public void ADeepNestIsRefused() => Assert.That(
        () => new ConfigText("deep", Encoding.UTF8.GetBytes($"{{ \"order\": {new string('[', 100)}{new string(']', 100)} }}")),
        Throws.InstanceOf<InputException>().With.Message.StartWith("deep: line 1, column ").And.Message.Contain("this is no JSON"));

    private static TestCaseData Text(string name, string text, string told) => new TestCaseData(text, told).SetArgDisplayNames(name);

    private static void Refused(string path, string told) =>
        Assert.That(() => ConfigReader.Read(path), Throws.InstanceOf<InputException>().With.Message.EqualTo(told));
}
