using Fmm.Files;

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
    public static string Quote(ReadOnlySpan<char> text) => Quotation.Of(text);
}
