using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What the README says of the tree; its program is pasted and run by <see cref="PackageTests"/>.</summary>
internal sealed partial class ReadmeTests
{
    [Test]
    public void It_fits_two_screens_and_a_half() => Assert.That(Clone.Lines("README.md"), Has.Length.LessThanOrEqualTo(120));

    [Test]
    public void The_published_command_stands_where_it_says()
    {
        Match path = PublishPath().Match(File.ReadAllText(Path.Combine(Clone.Root, "README.md")));
        Assert.That(path.Success);
        string folder = ChildOutcome.OfDotnet(Clone.Root, "msbuild", "samples", "-nologo", "-getProperty:PublishDir", "-p:_IsPublishing=true",
            "-p:Configuration=Release", "-p:RuntimeIdentifier=linux-x64").Trim();
        Assert.That(Path.GetRelativePath(Clone.Root, Path.TrimEndingDirectorySeparator(folder)), Is.EqualTo(path.Groups[1].Value));
    }

    [GeneratedRegex("`(artifacts/publish/[^`]*)/fmm`")]
    private static partial Regex PublishPath();
}
