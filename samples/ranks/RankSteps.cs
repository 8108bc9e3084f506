using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>The loop of a scene whose bodies move between ranks, and what it tells: a line for each step that is reported, or one JSON object at the end.</summary>
/// <param name="request">What was asked for, and the ranks.</param>
/// <param name="steps">The number of the last step.</param>
internal sealed class RankSteps(SceneRequest request, int steps)
{
    private readonly List<Row> _rows = [];

    /// <summary>Steps to the end.</summary>
    /// <param name="simulation">What runs.</param>
    /// <param name="head">Settings to tell at the start, by name.</param>
    /// <param name="invariants">What should stay as it is; measured by all ranks together, the same on all of them.</param>
    /// <param name="checks">What the end is held to.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Run(RankSimulation simulation, (string Name, object Value)[] head, Invariant[] invariants, Func<IEnumerable<SceneCheck>> checks)
    {
        simulation.Begin();
        foreach (Invariant one in invariants) one.Now();
        if (!request.Json)
        {
            TextWriter output = request.Terminal.Output;
            output.WriteLine(CheckReport.Text(head[0].Value.ToString()!, head.Skip(1)));
            output.WriteLine($" step    time{string.Concat(invariants.Select(one => one.Name.Replace('_', ' ').PadLeft(17)))}   work max/mean     away    moved   kB a rank   seconds a step");
        }

        long begin = Stopwatch.GetTimestamp();
        while (simulation.Clock.Steps < steps)
        {
            simulation.Step();
            Look(simulation, invariants, begin);
            // A signal may have come to one rank alone.
            if (request.Ranks.Largest(request.Cancellation.IsCancellationRequested ? 1 : 0) == 1) throw new OperationCanceledException(request.Cancellation);
        }

        SceneCheck[] held = [.. checks()];
        if (request.Json)
        {
            Write(simulation, head, invariants, held);
        }
        else
        {
            request.Terminal.Output.WriteLine();
            RankTable.Write(request.Terminal.People(), simulation.Ranks);
            foreach (SceneCheck check in held) request.Terminal.Output.WriteLine(CheckReport.Text(check));
        }

        request.Ranks.Do(() => CheckReport.Conclude(request, held));
    }

    private void Look(RankSimulation simulation, Invariant[] invariants, long begin)
    {
        if (!StepLog.IsReported(simulation.Clock.Steps, steps)) return;
        Row row = new(
            simulation.Clock.Steps, simulation.Clock.Time, [.. invariants.Select(one => one.Now())], [.. simulation.Ranks.Select(one => one.Work)], RankReport.Imbalance(simulation.Ranks), simulation.Away, simulation.Moved,
            simulation.Ranks.Max(one => one.BytesSent), Stopwatch.GetElapsedTime(begin).TotalSeconds / simulation.Clock.Steps);
        _rows.Add(row);
        if (request.Json) return;
        request.Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{row.Step,5}{row.Time,8:0.000}{string.Concat(row.Values.Select(value => $"{value,17:0.0e+0}"))}{row.Imbalance,16:0.000}{100 * row.Away,7:0.0} %{row.Moved,9}{row.Bytes / 1e3,12:0.0}{row.Seconds,17:0.0000}"));
    }

    private void Write(RankSimulation simulation, (string Name, object Value)[] head, Invariant[] invariants, SceneCheck[] checks)
    {
        Stream stream = request.Terminal.Data;
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            foreach ((string name, object value) in head)
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value);
            }

            json.WriteStartArray("log");
            foreach (Row row in _rows)
            {
                json.WriteStartObject();
                json.WriteNumber("step", row.Step);
                json.WriteNumber("time", row.Time);
                for (int i = 0; i < invariants.Length; i++) FieldJson.NumberOrNull(json, invariants[i].Name, row.Values[i]);
                json.WriteStartArray("work");
                foreach (double one in row.Work) json.WriteNumberValue(one);
                json.WriteEndArray();
                json.WriteNumber("imbalance", row.Imbalance);
                json.WriteNumber("away", row.Away);
                json.WriteNumber("moved", row.Moved);
                json.WriteNumber("bytes_sent_at_most", row.Bytes);
                json.WriteNumber("seconds_a_step", row.Seconds);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            RankTable.Write(json, simulation.Ranks);
            CheckReport.Write(json, checks);
            json.WriteNumber("peak_memory_bytes", PeakMemory.Bytes());
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    private readonly record struct Row(long Step, double Time, double[] Values, double[] Work, double Imbalance, double Away, long Moved, long Bytes, double Seconds);
}
