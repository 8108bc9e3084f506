using System.Runtime.InteropServices;
using System.Text;

namespace Fmm.Library;

/// <summary>Texts that come from a caller and go to one.</summary>
internal static unsafe class Text
{
    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

    /// <summary>A caller's text; null where the pointer is.</summary>
    /// <param name="text">Bytes up to a 0.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="most">Most bytes.</param>
    /// <exception cref="RefusedException">It is longer, or no UTF-8.</exception>
    public static string? Read(byte* text, string name, int most = 65536)
    {
        if (text is null) return null;
        int length = 0;
        while (text[length] != 0)
            if (++length > most) throw RefusedException.Argument($"{name} has more than {most} bytes without a final 0.");
        try
        {
            return _strict.GetString(text, length);
        }
        catch (ArgumentException)
        {
            throw RefusedException.Argument($"{name} is not UTF-8.");
        }
    }

    /// <summary>Gives a text to a caller: its length, and the bytes with a final 0 where there is room.</summary>
    public static void Write(ReadOnlySpan<byte> bytes, byte* text, nuint capacity, nuint* length)
    {
        if (length is not null) *length = (nuint)bytes.Length;
        if (text is null)
        {
            if (length is null) throw RefusedException.Argument("text and length are both null: give one of them.");
            return;
        }

        if (capacity <= (nuint)bytes.Length)
            throw RefusedException.Argument($"capacity is {capacity}, but the text takes {bytes.Length + 1} bytes with its final 0: ask for the length first, with text null.");
        bytes.CopyTo(new Span<byte>(text, bytes.Length));
        text[bytes.Length] = 0;
    }

    /// <summary>A C string that is never freed.</summary>
    public static byte* Constant(string text) => (byte*)Marshal.StringToCoTaskMemUTF8(text);
}
