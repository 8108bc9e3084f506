using System.Text.Json;

namespace Fmm.Samples;

/// <summary>A summary as one JSON object; its members are a contract with scripts.</summary>
public static class FieldJson
{
    /// <summary>Writes the object and a line end.</summary>
    public static void Write(Stream stream, FieldSummary summary, long peakMemoryBytes)
    {
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("kernel", summary.Kernel);
            json.WriteString("precision", summary.Precision);
            json.WriteNumber("order", summary.Order);
            json.WriteNumber("leaf", summary.Leaf);
            json.WriteNumber("threads", summary.Threads);
            json.WriteNumber("sources", summary.Sources);
            json.WriteNumber("targets", summary.Targets);
            Tree(json, summary);
            Seconds(json, summary.Seconds);
            Error(json, summary.Error);
            json.WriteNumber("peak_memory_bytes", peakMemoryBytes);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    private static void Tree(Utf8JsonWriter json, FieldSummary summary)
    {
        json.WriteStartObject("tree");
        json.WriteNumber("depth", summary.Depth);
        json.WriteNumber("nodes", summary.Nodes);
        json.WriteNumber("leaves", summary.Leaves);
        json.WriteStartObject("lists");
        json.WriteNumber("u", summary.Lists.U);
        json.WriteNumber("v", summary.Lists.V);
        json.WriteNumber("w", summary.Lists.W);
        json.WriteNumber("x", summary.Lists.X);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Seconds(Utf8JsonWriter json, FieldSeconds seconds)
    {
        json.WriteStartObject("seconds");
        json.WriteNumber("tree", seconds.Tree);
        json.WriteNumber("lists", seconds.Lists);
        json.WriteNumber("operators", seconds.Operators);
        json.WriteNumber("evaluate", seconds.Evaluate);
        json.WriteNumber("total", seconds.Total);
        json.WriteStartObject("by_system");
        foreach ((string system, double spent) in seconds.BySystem)
        {
            json.WriteNumber(system, spent);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Error(Utf8JsonWriter json, FieldErrors? error)
    {
        json.WriteStartObject("error");
        NumberOrNull(json, "potential_l2", error?.PotentialL2);
        NumberOrNull(json, "potential_linf", error?.PotentialLinf);
        NumberOrNull(json, "gradient_l2", error?.GradientL2);
        json.WriteNumber("samples", error?.Samples ?? 0);
        json.WriteEndObject();
    }

    /// <summary>What was not measured is null, and so is what JSON can't say: the relative error of a field that is 0.</summary>
    private static void NumberOrNull(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
