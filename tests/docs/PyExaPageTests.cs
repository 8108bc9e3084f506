using System.Text;
using System.Text.RegularExpressions;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests.Docs;

/// <summary>docs/pyexafmm.md names every key, and its configuration and commands are ours.</summary>
internal sealed partial class PyExaPageTests
{
    private const string Name = "pyexafmm.md";

    private static string Text => File.ReadAllText(Path.Combine(Clone.Root, "docs", Name));

    [Test]
    public void The_configuration_of_the_page_is_read()
    {
        PageBlock block = Page.Of(Name).Blocks.Single(one => one.Kind == "json");
        ConfigKeys keys = ConfigReader.Keys(new ConfigText(Name, Encoding.UTF8.GetBytes(string.Join('\n', block.Lines))));
        Assert.That((keys.Experiment, keys.OrderCheck, keys.MaxPoints), Is.EqualTo(("test", 5, 150)));
    }

    [Test]
    public void Every_key_has_its_row()
    {
        string[] named = [.. Quoted().Matches(Text.Split("## Keys")[1].Split("## Datasets")[0]).Select(match => match.Groups[1].Value)];
        Assert.That(ConfigKey.All.Select(key => key.Name), Is.SubsetOf(named));
    }

    [Test]
    public void Every_command_of_ours_is_there()
    {
        string help = FmmOutcome.Of("--help").Output;
        string[] commands = [.. Command().Matches(Text).Select(match => match.Groups[1].Value).Distinct()];
        Assert.That(commands, Has.Length.GreaterThan(9));
        Assert.Multiple(() => Array.ForEach(commands, command => Assert.That(help, Does.Match($@"(?m)^  {command}\b"))));
    }

    [Test]
    public void Every_option_of_the_keys_is_there()
    {
        string[] options = [.. Option().Matches(Text.Split("## Keys")[1].Split("## Datasets")[0]).Select(match => match.Groups[1].Value).Distinct()];
        string help = string.Concat(((string[])["run", "evaluate", "generate-test-data"]).Select(command => FmmOutcome.Of(command, "--help").Output));
        Assert.That(options, Has.Length.GreaterThan(7));
        Assert.Multiple(() => Array.ForEach(options, option => Assert.That(help, Does.Match($@"(?m)^  (-\w, )?{option}\b"))));
    }

    [GeneratedRegex("`([a-z0-9_]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?:`|^)fmm ([a-z][a-z0-9-]+)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("`(--[a-z0-9-]+)")]
    private static partial Regex Option();
}
