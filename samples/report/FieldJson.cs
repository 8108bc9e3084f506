using System.Text.Json;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>A run as one JSON object; its members are a contract with scripts.</summary>
public static class FieldJson
{
    /// <summary>Writes the object and a line end; checks are a scene's, and null elsewhere.</summary>
    public static void Write(Stream stream, FieldResult result, long peakMemoryBytes, bool explain = false, IEnumerable<SceneCheck>? checks = null)
    {
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            ReportJson.Write(json, result.Report);
            Error(json, result.Error);
            Force(json, result.ForceSums);
            if (checks is not null) CheckReport.Write(json, checks);
            if (result.Ranks.Count > 0) RankTable.Write(json, result.Ranks);
            if (explain) json.WriteString("schedule", result.Schedule);
            json.WriteNumber("peak_memory_bytes", peakMemoryBytes);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    private static void Error(Utf8JsonWriter json, FieldError? error)
    {
        json.WriteStartObject("error");
        NumberOrNull(json, "potential_l2", error?.PotentialL2);
        NumberOrNull(json, "potential_linf", error?.PotentialLinf);
        NumberOrNull(json, "gradient_l2", error?.GradientL2);
        NumberOrNull(json, "hessian_l2", error?.HessianL2);
        json.WriteNumber("samples", error?.Samples ?? 0);
        json.WriteEndObject();
    }

    private static void Force(Utf8JsonWriter json, ForceSums? force)
    {
        if (force is not ForceSums sums)
        {
            json.WriteNull("force");
            return;
        }

        json.WriteStartObject("force");
        NumberOrNull(json, "largest", sums.Largest);
        json.WriteStartArray("sum");
        foreach (double sum in (ReadOnlySpan<double>)[sums.X, sums.Y, sums.Z])
        {
            if (double.IsFinite(sum)) json.WriteNumberValue(sum);
            else json.WriteNullValue();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What was not measured is null, and so is what JSON can't say: the relative error of a field that is 0.</summary>
    internal static void NumberOrNull(Utf8JsonWriter json, string name, double? value) => ReportJson.NumberOrNull(json, name, value);
}
