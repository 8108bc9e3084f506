namespace Fmm.Samples;

/// <summary>A key and its value as they stand in a configuration file.</summary>
/// <param name="Key">The key.</param>
/// <param name="KeyAt">Byte where it begins.</param>
/// <param name="ValueAt">Byte where its value begins.</param>
/// <param name="Value">The value's text.</param>
internal readonly record struct ConfigEntry(string Key, int KeyAt, int ValueAt, string Value)
{
    /// <summary>The value as messages show it: a string of the file has its quotes already.</summary>
    public string Shown => InputException.Quote(Value)[1..^1];
}
