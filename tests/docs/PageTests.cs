using System.Globalization;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Fmm.Tests.Docs;

/// <summary>The pages of docs/ do what they say: every code block is compiled and run, and prints what stands below it.</summary>
internal sealed partial class PageTests
{
    private const int Longest = 165;

    // To look up in, not to read.
    private static readonly string[] _references = ["errors.md", "pipes.md", "pyexafmm.md", "viewing.md"];

    private static readonly string[] _kinds = ["csharp", "c", "fortran", "julia", "text"];

    // Its programs are run by tests/python/test_page.py.
    internal const string OfPython = "python.md";

    private static IEnumerable<string> Guides => Page.Names.Where(name => !_references.Contains(name) && name != OfPython);

    private static IEnumerable<PageProgram> Programs => Guides.SelectMany(name => Page.Of(name).Programs());

    [TestCaseSource(nameof(Programs))]
    public void A_program_prints_what_its_page_shows(PageProgram program)
    {
        string[] expected = [.. program.Output.SelectMany(block => block.Lines)], found = program.Run();
        string whole = $"the whole output:\n{string.Join('\n', found)}";
        Assert.That(expected, Is.Not.Empty, "a program shows what it prints");
        Assert.That(found, Has.Length.EqualTo(expected.Length), whole);
        Assert.Multiple(() =>
        {
            for (int i = 0; i < found.Length; i++) Assert.That(IsLike(expected[i], found[i]), $"page:  {expected[i]}\nfound: {found[i]}\n{whole}");
        });
    }

    [TestCase("error 2.0e-7 of 3.25, 17 levels", "error 5.1e-7 of 3.26, 17 levels", true)]
    [TestCase("error 2.0e-7", "error 9.1e-7", false)]
    [TestCase("of 3.25", "of 3.27", false)]
    [TestCase("17 levels", "18 levels", false)]
    [TestCase("met: True", "met: False", false)]
    [TestCase("at -1.0", "at 1.0", false)]
    [TestCase("1.0e-3", "NaN", false)]
    public void Numbers_of_an_output_may_differ_by_a_factor_of_four_in_scientific_form_and_by_the_last_digit_else(string expected, string found, bool like) =>
        Assert.That(IsLike(expected, found), Is.EqualTo(like));

    [TestCaseSource(nameof(Guides))]
    public void A_page_is_short_and_has_programs_alone(string name)
    {
        Page page = Page.Of(name);
        Assert.That(Clone.Lines(Path.Combine("docs", name)), Has.Length.LessThanOrEqualTo(Longest));
        Assert.That(page.Blocks.Select(block => block.Kind).Distinct(), Is.SubsetOf(_kinds), "each block is run, or what is printed");
        Assert.That(page.Programs(), Is.Not.Empty);
    }

    [TestCaseSource(typeof(Page), nameof(Page.Names))]
    public void The_readme_leads_to_every_page(string name) =>
        Assert.That(File.ReadAllText(Path.Combine(Clone.Root, "README.md")), Does.Contain($"docs/{name}"));

    [TestCaseSource(typeof(Page), nameof(Page.Names))]
    public void Links_lead_to_files(string name)
    {
        foreach (Match link in Link().Matches(File.ReadAllText(Path.Combine(Clone.Root, "docs", name))))
            Assert.That(Path.Exists(Path.Combine(Clone.Root, "docs", link.Groups[1].Value)), link.Value);
    }

    private static bool IsLike(string expected, string found)
    {
        string[] asked = Word().Split(expected), given = Word().Split(found);
        return asked.Length == given.Length && asked.Zip(given).All(pair => pair.First == pair.Second || IsNear(pair.First, pair.Second));
    }

    private static bool IsNear(string expected, string found)
    {
        if (!Number().IsMatch(expected) || !Number().IsMatch(found)) return false;
        double asked = double.Parse(expected, CultureInfo.InvariantCulture), given = double.Parse(found, CultureInfo.InvariantCulture);
        if (expected.Contains('e', StringComparison.Ordinal)) return asked * given > 0 && Math.Abs(Math.Log(asked / given)) <= Math.Log(4);
        int point = expected.IndexOf('.', StringComparison.Ordinal);
        return point >= 0 && Math.Abs(asked - given) <= 1.01 * Math.Pow(10, point + 1 - expected.Length);
    }

    // Between blanks, and without the marks of a sentence.
    [GeneratedRegex(@"([\s,;:()]+|\.(?=\s|$))")]
    private static partial Regex Word();

    [GeneratedRegex(@"^-?\d+(\.\d+)?(e[-+]\d+)?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)[^)]*\)")]
    private static partial Regex Link();
}
