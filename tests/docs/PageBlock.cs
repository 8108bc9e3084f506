namespace Fmm.Tests.Docs;

/// <summary>A fenced block of a page.</summary>
/// <param name="Kind">The word behind the fence.</param>
/// <param name="Line">Number of its first line in the page, from 1.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record PageBlock(string Kind, int Line, string[] Lines);
