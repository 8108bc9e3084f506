using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Fmm.Samples;

/// <summary>Makes options that refuse a bad value in one line naming the option, the range and what was found.</summary>
internal static class OptionShapes
{
    /// <summary>A whole number within a range; null when the option is absent.</summary>
    public static Option<int?> WholeNumber(string name, string valueName, int least, int most, string description)
    {
        string range = Range(least, most);
        return new Option<int?>(name)
        {
            Description = description,
            HelpName = valueName,
            CustomParser = result => Parse<int?>(result, name, range, text =>
                int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out int value)
                && value >= least && value <= most ? value : null),
        };
    }

    /// <summary>A real number strictly between two bounds; null when the option is absent.</summary>
    public static Option<double?> RealNumber(string name, string valueName, double above, double below, string description, string example = "1e-6") => new(name)
    {
        Description = description,
        HelpName = valueName,
        CustomParser = result => Parse<double?>(result, name, Between(above, below, example), text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value > above && value < below ? value : null),
    };

    /// <summary>One of a few words.</summary>
    public static Option<string> Choice(string name, string valueName, string preset, IReadOnlyList<string> words, string description)
    {
        Option<string> option = new(name)
        {
            Description = description,
            HelpName = valueName,
            DefaultValueFactory = _ => preset,
            CustomParser = result => Parse<string?>(result, name, OneOf(words), text => words.Contains(text) ? text : null)!,
        };
        option.CompletionSources.Add([.. words]);
        return option;
    }

    /// <summary>Whether an option stands on the command line.</summary>
    public static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>What a whole number may be, to stand behind "must be".</summary>
    public static string Range(int least, int most) => most == int.MaxValue ? $"a whole number from {least} up" : $"a whole number from {least} to {most}";

    /// <summary>What a real number may be.</summary>
    public static string Between(double above, double below, string example) => $"a number above {above} and below {below}, such as {example}";

    /// <summary>What a word may be.</summary>
    public static string OneOf(IReadOnlyList<string> words) => words.Count == 1 ? words[0] : $"one of {string.Join(", ", words)}";

    private static T? Parse<T>(ArgumentResult result, string name, string expected, Func<string, T?> read)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        T? value = read(text);
        if (value is null) result.AddError($"{name} must be {expected}, not {InputException.Quote(text)}");
        return value;
    }
}
