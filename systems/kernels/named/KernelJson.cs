using System.Text.Json;

namespace Fmm.Systems;

/// <summary>What a built-in kernel is, as members of a JSON object, which are a contract with scripts.</summary>
internal static class KernelJson
{
    /// <summary>Writes name, formula, parameters and components into the object that is begun.</summary>
    public static void Write(Utf8JsonWriter json, BuiltInKernel kernel)
    {
        json.WriteString("name", kernel.Name);
        json.WriteString("formula", kernel.Formula);
        json.WriteStartArray("parameters");
        foreach (KernelParameter parameter in kernel.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            ReportJson.NumberOrNull(json, "preset", parameter.Preset);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("source_components", kernel.SourceComponents);
        json.WriteNumber("target_components", kernel.PotentialComponents);
        json.WriteBoolean("complex", kernel.IsComplex);
    }
}
