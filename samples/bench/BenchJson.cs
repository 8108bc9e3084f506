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
            foreach (BenchOutcome outcome in outcomes) Case(json, outcome, outcome.Case.InSingle ? limits.Single : limits.Double);
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
        json.WriteStartArray("near");
        foreach (PairRates one in rates.Pairs)
        {
            json.WriteStartObject();
            json.WriteNumber("largest_order", one.LargestOrder);
            json.WriteNumber("one_way_pairs", one.OneWay);
            json.WriteNumber("one_way_gradient_pairs", one.OneWayGradient);
            json.WriteNumber("mutual_pairs", one.Mutual);
            json.WriteNumber("mutual_gradient_pairs", one.MutualGradient);
            json.WriteEndObject();
        }

        json.WriteEndArray();
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
        json.WriteNumber("target_seconds", one.TargetSeconds);
        NumberOrNull(json, "peer_peak_memory_bytes", one.PeerMegabytes * 1e6);
        NumberOrNull(json, "seconds_one_thread", outcome.OneThreadSeconds);
        NumberOrNull(json, "speed_up", outcome.SpeedUp);
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
        foreach (BenchTrial trial in outcome.Trials) Trial(json, trial, ReferenceEquals(trial, outcome.Best), one, rates);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void NumberOrNull(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number) json.WriteNumber(name, number);
        else json.WriteNull(name);
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
        BenchPhases phases = trial.Phases;
        json.WriteStartObject("busy_seconds_by_phase");
        json.WriteNumber("tree", phases.Tree);
        json.WriteNumber("lists", phases.Lists);
        json.WriteNumber("near", phases.Near);
        json.WriteNumber("upward", phases.Upward);
        json.WriteNumber("transfer", phases.Transfer);
        json.WriteNumber("downward", phases.Downward);
        json.WriteNumber("gather", phases.Gather);
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
                json.WriteNumber("share_of_bare_loop", system.PairRate / rates.NearLimit(report.Order, one.Gradient));

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
