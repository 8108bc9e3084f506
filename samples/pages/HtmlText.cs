using System.Net;

namespace Fmm.Samples;

/// <summary>Text in a page.</summary>
internal static class HtmlText
{
    /// <summary>The text with the signs escaped that mean something to a browser.</summary>
    public static string Of(string text) => WebUtility.HtmlEncode(text);
}
