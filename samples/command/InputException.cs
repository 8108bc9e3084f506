namespace Fmm.Samples;

/// <summary>The user's input is at fault: the command prints the one-line message and ends with exit code 2.</summary>
public sealed class InputException : Exception
{
    /// <summary>A fault of the input, told in one line that names the place and the remedy.</summary>
    public InputException(string message)
        : base(message)
    {
    }

    /// <summary>A fault of the input found through another exception.</summary>
    public InputException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>A quotation from the user's input that is safe to print: one line, at most 40 characters, nothing unprintable.</summary>
    public static string Quote(ReadOnlySpan<char> text)
    {
        string shown = text.Length > 40 ? $"{text[..37]}..." : text.ToString();
        return string.Create(shown.Length + 2, shown, static (line, from) =>
        {
            line[0] = line[^1] = '\'';
            for (int i = 0; i < from.Length; i++) line[i + 1] = char.IsControl(from[i]) || from[i] == '\uFFFD' ? '?' : from[i];
        });
    }
}
