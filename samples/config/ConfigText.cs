using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Fmm.Samples;

/// <summary>The text of a configuration file, cut into keys and values, each with the place that messages name.</summary>
/// <remarks>JSON as PyExaFMM writes it; comments and a comma behind the last value do no harm.</remarks>
internal sealed class ConfigText
{
    private static readonly JsonReaderOptions _options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private readonly string _name;
    private readonly byte[] _bytes;
    private readonly List<ConfigEntry> _entries = [];

    /// <summary>Cuts a text.</summary>
    /// <param name="name">What messages call the file.</param>
    /// <param name="bytes">What is in it.</param>
    /// <exception cref="InputException">It is not one JSON object of different keys.</exception>
    public ConfigText(string name, byte[] bytes)
    {
        _name = name;
        _bytes = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        if (!Utf8.IsValid(_bytes)) throw new InputException($"{name}: this is no text in UTF-8; save it as such");
        try
        {
            Cut();
        }
        catch (JsonException fault)
        {
            throw Fault(Offset(fault), $"this is no JSON: {fault.Message.Split(" LineNumber:")[0].TrimEnd('.')}", fault);
        }
    }

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Keys and values in their order.</summary>
    public IReadOnlyList<ConfigEntry> Entries => _entries;

    /// <summary>The entry of a key that is there.</summary>
    public ConfigEntry this[string key] => _entries.First(entry => entry.Key == key);

    /// <summary>Which line a byte stands in, from 1.</summary>
    public int Line(int at) => 1 + _bytes.AsSpan(0, at).Count((byte)'\n');

    /// <summary>What is wrong at a byte.</summary>
    public InputException Fault(int at, string what, Exception? cause = null)
    {
        int start = _bytes.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        string message = $"{_name}: line {Line(at)}, column {1 + Encoding.UTF8.GetCharCount(_bytes, start, at - start)}: {what}";
        return cause is null ? new InputException(message) : new InputException(message, cause);
    }

    private void Cut()
    {
        Utf8JsonReader reader = new(_bytes, _options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Fault((int)reader.TokenStartIndex, "a configuration is one JSON object, such as { \"order\": 6 }");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int keyAt = (int)reader.TokenStartIndex;
            string key = Text(ref reader);
            reader.Read();
            int valueAt = (int)reader.TokenStartIndex;
            reader.Skip();
            if (_entries.FindIndex(entry => entry.Key == key) is int first and >= 0)
                throw Fault(keyAt, $"{InputException.Quote(key)} stands in line {Line(_entries[first].KeyAt)} already; give it once");
            _entries.Add(new ConfigEntry(key, keyAt, valueAt, Encoding.UTF8.GetString(_bytes.AsSpan(valueAt, (int)reader.BytesConsumed - valueAt))));
        }

        // What stands behind the object is a fault of its own.
        reader.Read();
    }

    private string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException fault)
        {
            throw Fault((int)reader.TokenStartIndex, "the key holds half of a character (a lone surrogate); write it whole", fault);
        }
    }

    private int Offset(JsonException fault)
    {
        int start = 0;
        for (long line = fault.LineNumber ?? 0; line > 0; line--) start += _bytes.AsSpan(start).IndexOf((byte)'\n') + 1;
        return (int)Math.Min(_bytes.Length, start + (fault.BytePositionInLine ?? 0));
    }
}
