using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fmm.Samples;

/// <summary>Reads a whole number however it is written: 1000000, 1e6 and 1000000.0 are the same.</summary>
internal sealed class WholeNumberConverter : JsonConverter<int?>
{
    /// <inheritdoc/>
    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.Number) throw new JsonException();
        double value = reader.GetDouble();
        return value is >= int.MinValue and <= int.MaxValue && value == Math.Truncate(value) ? (int)value : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options)
    {
        if (value is int number) writer.WriteNumberValue(number);
        else writer.WriteNullValue();
    }
}
