using System.Text.RegularExpressions;

namespace Fmm.Tests.Library;

/// <summary>The functions, structs and statuses of <c>fmm.h</c>, to hold other languages' declarations to.</summary>
internal sealed partial class CHeader
{
    private CHeader(string text)
    {
        text = Comment().Replace(text, "");
        foreach (Match match in Function().Matches(text))
            Functions.Add(match.Groups["name"].Value, (Tidy(match.Groups["type"].Value), Types(match.Groups["arguments"].Value)));
        foreach (Match match in Struct().Matches(text)) Structs.Add(match.Groups["name"].Value, [.. Members(match.Groups["members"].Value)]);
        foreach (Match match in Status().Matches(text)) Statuses.Add(match.Groups[1].Value, int.Parse(match.Groups[2].Value));
    }

    /// <summary>The type that a function returns, and those of its arguments without their names.</summary>
    public Dictionary<string, (string Returns, string[] Arguments)> Functions { get; } = [];

    /// <summary>A struct's members: type and name, functions as <c>function</c>, arrays with their length behind the type.</summary>
    public Dictionary<string, (string Type, string Name)[]> Structs { get; } = [];

    /// <summary>FMM_OK and its kin.</summary>
    public Dictionary<string, int> Statuses { get; } = [];

    /// <summary>Reads the header in the sources.</summary>
    public static CHeader Read() => new(File.ReadAllText(LibraryFiles.Header));

    // "const double *points", "double errors[4]" and "void": without the names, arrays as the pointers that they are.
    private static string[] Types(string arguments) =>
        [.. arguments.Split(',').Select(one => Regex.Replace(Tidy(one), @"\w+\[\d*\]$", "*")).Where(one => one != "void").Select(one => Tidy(Regex.Replace(one, @"(?<=[ *])\w+$", "")))];

    private static IEnumerable<(string, string)> Members(string members)
    {
        foreach (string member in members.Split(';').Select(Tidy).Where(one => one.Length > 0))
        {
            Match called = Regex.Match(member, @"\(\*(\w+)\)");
            Match plain = Regex.Match(member, @"^(?<type>.*?)(?<name>\w+)(?<length>\[\d+\])?$");
            yield return called.Success ? ("function", called.Groups[1].Value) : (Tidy(plain.Groups["type"].Value) + plain.Groups["length"].Value, plain.Groups["name"].Value);
        }
    }

    private static string Tidy(string text) => Regex.Replace(text, @"\s+", " ").Trim();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"FMM_API\s+(?<type>[\w ]+?[ *]+)(?<name>fmm_\w+)\s*\((?<arguments>[^)]*)\)\s*;")]
    private static partial Regex Function();

    [GeneratedRegex(@"typedef struct (?<name>fmm_\w+) \{(?<members>.*?)\} \k<name>;", RegexOptions.Singleline)]
    private static partial Regex Struct();

    [GeneratedRegex(@"\b(FMM_[A-Z_]+) = (\d+)")]
    private static partial Regex Status();
}
