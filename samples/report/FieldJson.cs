using System.Text.Json;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>A run as one JSON object; its members are a contract with scripts.</summary>
public static class FieldJson
{
    /// <summary>Writes the object and a line end; checks are a scene's, and null elsewhere.</summary>
    public static void Write(Stream stream, FmmReport report, FieldError? error, long peakMemoryBytes, ForceSums? force = null, IEnumerable<SceneCheck>? checks = null)
    {
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("kernel", report.Kernel);
            json.WriteString("precision", report.Precision == Precision.Single ? "single" : "double");
            json.WriteNumber("order", report.Order);
            json.WriteNumber("leaf", report.Leaf);
            json.WriteString("m2l", report.Transfer.ToString().ToLowerInvariant());
            Choice(json, report.Choice);
            json.WriteNumber("threads", report.Threads);
            json.WriteNumber("sources", report.Sources);
            json.WriteNumber("targets", report.Targets);
            json.WriteNumber("vectors", report.Vectors);
            Tree(json, report.Tree);
            Seconds(json, report.Seconds);
            Work(json, report.Work);
            Error(json, error);
            ToleranceJson.Write(json, report.Tolerance);
            NumberOrNull(json, "energy", report.Energy);
            Force(json, force);
            if (checks is not null) CheckReport.Write(json, checks);
            json.WriteNumber("peak_memory_bytes", peakMemoryBytes);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    /// <summary>What the engine chose and why; null is what was given.</summary>
    private static void Choice(Utf8JsonWriter json, FmmChoice choice)
    {
        json.WriteStartObject("chosen");
        json.WriteBoolean("order", choice.Tolerance is not null);
        NumberOrNull(json, "order_error", choice.OrderError);
        json.WriteBoolean("leaf", choice.LeafChosen);
        json.WriteBoolean("m2l", choice.TransferChosen);
        NumberOrNull(json, "near_seconds", choice.LeafChosen ? choice.NearSeconds : null);
        NumberOrNull(json, "far_seconds", choice.LeafChosen ? choice.FarSeconds : null);
        NumberOrNull(json, "near_over_far", choice.LeafChosen ? choice.NearOverFar : null);
        json.WriteEndObject();
    }

    private static void Tree(Utf8JsonWriter json, TreeReport tree)
    {
        json.WriteStartObject("tree");
        json.WriteNumber("depth", tree.Depth);
        json.WriteNumber("nodes", tree.Nodes);
        json.WriteNumber("leaves", tree.Leaves);
        json.WriteNumber("full_leaves", tree.FullLeaves);
        json.WriteNumber("fullest_leaf", tree.FullestLeaf);
        json.WriteStartObject("lists");
        json.WriteNumber("u", tree.U.Mean);
        json.WriteNumber("v", tree.V.Mean);
        json.WriteNumber("w", tree.W.Mean);
        json.WriteNumber("x", tree.X.Mean);
        json.WriteEndObject();
        json.WriteStartArray("levels");
        foreach (LevelReport level in tree.Levels)
        {
            json.WriteStartObject();
            json.WriteNumber("level", level.Level);
            json.WriteNumber("nodes", level.Nodes);
            json.WriteNumber("leaves", level.Leaves);
            json.WriteNumber("largest_leaf", level.LargestLeaf);
            Sizes(json, "u", level.U);
            Sizes(json, "v", level.V);
            Sizes(json, "w", level.W);
            Sizes(json, "x", level.X);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Sizes(Utf8JsonWriter json, string name, ListSizes sizes)
    {
        json.WriteStartObject(name);
        json.WriteNumber("mean", sizes.Mean);
        json.WriteNumber("largest", sizes.Largest);
        json.WriteEndObject();
    }

    private static void Work(Utf8JsonWriter json, IReadOnlyList<SystemWork> work)
    {
        json.WriteStartArray("work");
        foreach (SystemWork one in work)
        {
            json.WriteStartObject();
            json.WriteString("system", one.System);
            json.WriteNumber("pairs", one.Pairs);
            json.WriteNumber("flops", one.Flops);
            json.WriteNumber("bytes", one.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Seconds(Utf8JsonWriter json, FmmSeconds seconds)
    {
        json.WriteStartObject("seconds");
        json.WriteNumber("tree", seconds.Tree);
        json.WriteNumber("lists", seconds.Lists);
        json.WriteNumber("operators", seconds.Operators);
        json.WriteNumber("evaluate", seconds.Evaluate);
        json.WriteNumber("total", seconds.Total);
        json.WriteStartObject("by_system");
        foreach ((string system, double spent) in seconds.BySystem) json.WriteNumber(system, spent);
        json.WriteEndObject();
        json.WriteEndObject();
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
    internal static void NumberOrNull(Utf8JsonWriter json, string name, double? value)
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
