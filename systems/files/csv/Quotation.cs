namespace Fmm.Files;

/// <summary>What users wrote, as messages repeat it.</summary>
internal static class Quotation
{
    private const int Longest = 40;

    /// <summary>A quotation that is safe to print: one line, at most 40 characters, nothing unprintable.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        string shown = text.Length > Longest ? $"{text[..37]}..." : text.ToString();
        return string.Create(shown.Length + 2, shown, static (line, from) =>
        {
            line[0] = line[^1] = '\'';
            for (int i = 0; i < from.Length; i++) line[i + 1] = char.IsControl(from[i]) || from[i] == '\uFFFD' ? '?' : from[i];
        });
    }
}
