using System.Text.RegularExpressions;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests.Docs;

/// <summary>The page of scenes has all of them.</summary>
internal sealed partial class ScenePageTests
{
    [Test]
    public void Its_table_names_the_scenes_that_the_command_knows_in_their_order()
    {
        string[] rows = [.. Row().Matches(File.ReadAllText(Path.Combine(Clone.Root, "docs", "scenes.md"))).Select(match => match.Groups[1].Value)];
        Assert.That(rows, Is.EqualTo(SceneSet.All.Select(scene => scene.Name)));
    }

    [GeneratedRegex(@"^\| `([a-z-]+)` \|(?: [^|\n]+ \|){3}$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
