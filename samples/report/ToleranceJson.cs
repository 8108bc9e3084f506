using System.Text.Json;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>What became of a tolerance, as a member of <see cref="FieldJson"/>'s object.</summary>
internal static class ToleranceJson
{
    /// <summary>Writes <c>tolerance</c>: an object, or null where none was asked for. An error that is not a number is null, too.</summary>
    public static void Write(Utf8JsonWriter json, ToleranceReport? tolerance)
    {
        if (tolerance is null)
        {
            json.WriteNull("tolerance");
            return;
        }

        json.WriteStartObject("tolerance");
        json.WriteNumber("asked", tolerance.Asked);
        Number(json, "found", tolerance.Found);
        json.WriteBoolean("reached", tolerance.Reached);
        Number(json, "gradient_found", tolerance.GradientFound);
        json.WriteNumber("samples", tolerance.Samples);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number && double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
