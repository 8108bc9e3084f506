using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Fmm.Tests.Docs;

/// <summary>What a page names is there: types and members that a user of the packages can see, variables of the environment, files.</summary>
internal sealed partial class PageNameTests
{
    // Words of the field, of the build and of C# that look like names of the library.
    private static readonly HashSet<string> _words = ["U", "V", "W", "X", "Y", "Z", "K", "N", "M", "R", "True", "False", "AggressiveInlining", "Program"];

    private static readonly Lazy<string> _sources = new(() => string.Concat(
        new[] { "engine", "components", "systems", "samples" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Clone.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Path.Combine(Clone.Root, "systems", "library"), "*.*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file) is ".h" or ".c" or ".jl" or ".f90"))
            .Select(File.ReadAllText)));

    private static IEnumerable<string> Pages => Page.Names.Where(name => name != PageTests.OfPython).Select(name => Path.Combine("docs", name)).Concat(["README.md", "CHANGELOG.md"]);

    [TestCaseSource(nameof(Pages))]
    public void A_page_names_only_what_is_there(string page)
    {
        string prose = Block().Replace(File.ReadAllText(Path.Combine(Clone.Root, page)), "");
        Assert.Multiple(() =>
        {
            foreach (string quoted in Quoted().Matches(prose).Select(match => match.Groups[1].Value).Distinct())
                foreach (string missing in Missing(page, quoted)) Assert.Fail($"{page}: `{quoted}` names {missing}, which is not there, or not public.");
        });
    }

    [TestCase("`FmmSolver.Create(kernel)`", true)]
    [TestCase("`FmmSolver.Make(kernel)`", false)]
    [TestCase("`NoSuchType`", false)]
    [TestCase("`schedule.Replace<M2L>(...)`", true)]
    [TestCase("`schedule.Replace<M2Q>(...)`", false)]
    [TestCase("`ColumnLoops`", false)]
    [TestCase("`FMM_GUARD=pages`", true)]
    [TestCase("`FMM_LANES`", false)]
    [TestCase("`systems/FmmSchedule.cs`", true)]
    [TestCase("`systems/FieldSchedule.cs`", false)]
    [TestCase("`new FmmStep(FieldChange.Positions)`", true)]
    [TestCase("`dotnet pack -c Release`", true)]
    [TestCase("`CONTRIBUTING.md`", true)]
    public void Names_are_looked_up(string text, bool known) =>
        Assert.That(Quoted().Matches(text).SelectMany(match => Missing("docs/page.md", match.Groups[1].Value)), known ? Is.Empty : Is.Not.Empty);

    private static IEnumerable<string> Missing(string page, string quoted)
    {
        if (Foreign().IsMatch(quoted)) yield break;
        if (quoted.Contains('/') && Place().IsMatch(quoted))
        {
            // The places of the first pages are FirstPageTests' business.
            if (page.StartsWith("docs", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Clone.Root, quoted))) yield return quoted;
            yield break;
        }
        foreach (Match variable in Variable().Matches(quoted))
            if (!_sources.Value.Contains(variable.Value, StringComparison.Ordinal)) yield return variable.Value;
        foreach (Match match in Name().Matches(quoted))
        {
            string name = match.Value;
            if (IsWord(name) || PublicNames.Has(name)) continue;
            if (!Path.Exists(Path.Combine(Clone.Root, quoted))) yield return name;
        }
    }

    private static bool IsWord(string name) => _words.Contains(name) || name.All(letter => char.IsUpper(letter) || letter == '_');

    [GeneratedRegex(@"^[ \t]*```.*?^[ \t]*```[ \t]*$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Quoted();

    // Commands and what they print, options, elements of a project, places on somebody's own machine and those that builds make.
    [GeneratedRegex(@"^(fmm|dotnet)\b|^DIR/|^artifacts/|^[-</]|: ")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"^[\w./-]+$")]
    private static partial Regex Place();

    [GeneratedRegex(@"\bFMM_[A-Z]+\b")]
    private static partial Regex Variable();

    // Names that begin with a capital, alone or behind each other; what stands behind a name in lower case (a variable, a package) is a member.
    [GeneratedRegex(@"\b[A-Z]\w*(\.[A-Z]\w*)*")]
    private static partial Regex Name();
}
