using System.Text.Json;

namespace Fmm.Systems;

/// <summary>A report as members of a JSON object, which are a contract with scripts.</summary>
internal static class ReportJson
{
    /// <summary>Writes the members into the object that is begun.</summary>
    public static void Write(Utf8JsonWriter json, FmmReport report)
    {
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
        Tolerance(json, report.Tolerance);
        NumberOrNull(json, "energy", report.Energy);
    }

    /// <summary>What was not measured is null, and so is what JSON can't say: the relative error of a field that is 0.</summary>
    public static void NumberOrNull(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number && double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    // What the engine chose and why; null is what was given.
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

    // An object, or null where none was asked for.
    private static void Tolerance(Utf8JsonWriter json, ToleranceReport? tolerance)
    {
        if (tolerance is null)
        {
            json.WriteNull("tolerance");
            return;
        }

        json.WriteStartObject("tolerance");
        json.WriteNumber("asked", tolerance.Asked);
        NumberOrNull(json, "found", tolerance.Found);
        json.WriteBoolean("reached", tolerance.Reached);
        NumberOrNull(json, "gradient_found", tolerance.GradientFound);
        json.WriteNumber("samples", tolerance.Samples);
        json.WriteEndObject();
    }
}
