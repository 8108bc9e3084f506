using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What the first pages say of the tree; the README's program is pasted and run by <see cref="PackageTests"/>.</summary>
internal sealed partial class FirstPageTests
{
    [TestCase("README.md", 120)]
    [TestCase("CONTRIBUTING.md", 80)]
    [TestCase("CHANGELOG.md", 60)]
    public void A_first_page_is_short(string page, int lines) => Assert.That(Clone.Lines(page), Has.Length.LessThanOrEqualTo(lines));

    /// <summary>The first cell of a row names places: the first by its whole path, others beside it by their names alone. Or it is a command.</summary>
    [TestCase("README.md")]
    [TestCase("CONTRIBUTING.md")]
    public void The_places_in_a_pages_tables_are_there(string page)
    {
        string[][] rows = [.. Clone.Lines(page).Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => Quoted().Matches(line.Split('|')[1]).Select(match => match.Groups[1].Value).ToArray())
            .Where(row => !row[0].StartsWith("fmm ", StringComparison.Ordinal))];
        Assert.That(rows, Has.Length.GreaterThan(5));
        foreach (string[] row in rows)
            foreach (string name in row)
            {
                string path = name.Contains('/') ? name : Path.Combine(Path.GetDirectoryName(row[0])!, name);
                Assert.That(Path.Exists(Path.Combine(Clone.Root, path)), $"{page} names {path}");
            }
    }

    [Test]
    public void The_published_command_stands_where_it_says()
    {
        Match path = PublishPath().Match(File.ReadAllText(Path.Combine(Clone.Root, "README.md")));
        Assert.That(path.Success);
        string folder = ChildOutcome.OfDotnet(Clone.Root, "msbuild", "samples", "-nologo", "-getProperty:PublishDir",
            "-p:_IsPublishing=true", "-p:Configuration=Release", "-p:RuntimeIdentifier=linux-x64").Trim();
        Assert.That(Path.GetRelativePath(Clone.Root, Path.TrimEndingDirectorySeparator(folder)), Is.EqualTo(path.Groups[1].Value));
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("`(artifacts/publish/[^`]*)/fmm`")]
    private static partial Regex PublishPath();
}
