using System.Text.Json;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>The bench as one JSON object.</summary>
internal static class BenchJson
{
    /// <summary>Writes the object and a line end.</summary>
    public static void Write(Stream stream, Limits limits, IReadOnlyList<BenchOutcome> outcomes)
    {
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("machine", MachineText.Machine(limits.Threads));
            json.WriteString("commit", MachineText.Commit());
            Machine(json, limits);
            json.WriteStartArray("cases");
            foreach (BenchOutcome outcome in outcomes)
            {
                Case(json, outcome, outcome.Case.InSingle ? limits.Single : limits.Double);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    private static void Machine(Utf8JsonWriter json, Limits limits)
    {
        json.WriteStartObject("limits");
        json.WriteNumber("threads", limits.Threads);
        Rates(json, "single", limits.Single);
        Rates(json, "double", limits.Double);
        json.WriteNumber("copy_bytes_per_second_one_thread", limits.CopyBandwidth);
        json.WriteEndObject();
    }

    private static void Rates(Utf8JsonWriter json, string name, LimitRates rates)
    {
        json.WriteStartObject(name);
        json.WriteNumber("fma_flops", rates.FmaFlops);
        json.WriteNumber("pairs", rates.Pairs);
        json.WriteNumber("gradient_pairs", rates.GradientPairs);
        json.WriteEndObject();
    }

    private static void Case(Utf8JsonWriter json, BenchOutcome outcome, LimitRates rates)
    {
        BenchCase one = outcome.Case;
        json.WriteStartObject();
        json.WriteString("name", one.Name);
        json.WriteString("distribution", one.Cloud);
        json.WriteString("precision", one.Precision);
        json.WriteString("kernel", one.Kernel);
        json.WriteBoolean("gradient", one.Gradient);
        json.WriteNumber("points", outcome.Points);
        json.WriteNumber("error_asked", one.Error);
        json.WriteNumber("target_gflop_equivalents", one.TargetEquivalents);
        json.WriteString("skipped", outcome.Skipped);
        json.WritePropertyName("met");
        if (outcome.Met(rates.FmaFlops) is bool met) json.WriteBooleanValue(met);
        else json.WriteNullValue();
        json.WriteStartArray("m2l");
        foreach (TransferTimes transfer in outcome.Transfers)
        {
            json.WriteStartObject();
            json.WriteString("strategy", transfer.Name);
            json.WriteNumber("seconds", transfer.System.Seconds);
            json.WriteNumber("flops", transfer.System.Flops);
            json.WriteNumber("share_of_fma_peak", transfer.System.FlopRate / rates.FmaFlops);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("trials");
        foreach (BenchTrial trial in outcome.Trials)
        {
            Trial(json, trial, ReferenceEquals(trial, outcome.Best), one, rates);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Trial(Utf8JsonWriter json, BenchTrial trial, bool best, BenchCase one, LimitRates rates)
    {
        FmmReport report = trial.Report;
        json.WriteStartObject();
        json.WriteBoolean("best", best);
        json.WriteNumber("order", report.Order);
        json.WriteNumber("leaf", report.Leaf);
        json.WriteBoolean("automatic_leaf", trial.Automatic);
        json.WriteNumber("depth", report.Tree.Depth);
        json.WriteNumber("leaves", report.Tree.Leaves);
        json.WriteNumber("error", trial.Error);
        json.WriteNumber("gflop_equivalents", trial.Seconds * rates.FmaFlops / 1e9);
        json.WriteNumber("peak_memory_bytes", trial.PeakBytes);
        json.WriteStartObject("seconds");
        json.WriteNumber("tree", report.Seconds.Tree);
        json.WriteNumber("lists", report.Seconds.Lists);
        json.WriteNumber("evaluate", report.Seconds.Evaluate);
        json.WriteNumber("total", report.Seconds.Total);
        json.WriteNumber("wall", trial.WallSeconds);
        json.WriteNumber("operators", report.Seconds.Operators);
        json.WriteEndObject();
        json.WriteStartArray("systems");
        foreach (BenchSystem system in trial.Systems)
        {
            json.WriteStartObject();
            json.WriteString("name", system.Name);
            json.WriteNumber("seconds", system.Seconds);
            json.WriteNumber("flops", system.Flops);
            json.WriteNumber("pairs", system.Pairs);
            json.WriteNumber("share_of_fma_peak", system.FlopRate / rates.FmaFlops);
            if (system.Name == "P2P" && one.Kernel == Laplace.Name)
            {
                json.WriteNumber("share_of_bare_loop", system.PairRate / (one.Gradient ? rates.GradientPairs : rates.Pairs));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
