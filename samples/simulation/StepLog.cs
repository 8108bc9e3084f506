using System.Diagnostics;
using System.Text.Json;

namespace Fmm.Samples;

/// <summary>The steps of a scene that moves: a line each as they come, or one JSON object at the end.</summary>
/// <param name="request">Where to tell.</param>
/// <param name="steps">The number of the last step.</param>
internal sealed class StepLog(SceneRequest request, int steps) : ISimulationObserver
{
    private readonly List<Row> _rows = [];
    private readonly List<SceneCheck> _checks = [];
    private long _begin;
    private long _first;

    /// <summary>Whether a step is told of: about ten of a run are, and the last.</summary>
    /// <param name="step">The step.</param>
    /// <param name="steps">The number of the last step.</param>
    public static bool IsReported(long step, int steps) => step % Math.Max(1, steps / 10) == 0 || step == steps;

    /// <summary>What the end was held to; empty before it.</summary>
    public IReadOnlyList<SceneCheck> Checks => _checks;

    /// <inheritdoc/>
    public void Begin(Simulation simulation)
    {
        foreach (Invariant one in simulation.Invariants) one.Now();
        _begin = Stopwatch.GetTimestamp();
        _first = simulation.Clock.Steps;
        if (request.Json) return;
        TextWriter output = request.Terminal.Output;
        output.WriteLine(CheckReport.Text(simulation.Name, Head(simulation).Skip(1)));
        output.WriteLine($" step    time{string.Concat(simulation.Invariants.Select(one => one.Name.Replace('_', ' ').PadLeft(17)))}   seconds a step");
    }

    /// <inheritdoc/>
    public void AfterStep(Simulation simulation, double seconds)
    {
        long step = simulation.Clock.Steps;
        if (!IsReported(step, steps)) return;
        Row row = new(step, simulation.Clock.Time, [.. simulation.Invariants.Select(one => one.Now())], Stopwatch.GetElapsedTime(_begin).TotalSeconds / (step - _first));
        _rows.Add(row);
        if (request.Json) return;
        request.Terminal.Output.WriteLine($"{row.Step,5}{row.Time,8:0.000}{string.Concat(row.Values.Select(value => $"{value,17:0.0e+0}"))}{row.Seconds,17:0.0000}");
    }

    /// <inheritdoc/>
    public void End(Simulation simulation)
    {
        // What theory knows of the end, a run that was stopped has not come to.
        if (simulation.Clock.Steps >= steps) _checks.AddRange(simulation.Checks(simulation));
        if (request.Json) Write(simulation);
        else foreach (SceneCheck check in _checks) request.Terminal.Output.WriteLine(CheckReport.Text(check));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static IEnumerable<(string Name, object Value)> Head(Simulation simulation) =>
        [("scene", simulation.Name), .. simulation.Head, ("step_length", simulation.Clock.Length), ("order", simulation.Method.ExpansionSizes.Order), ("threads", simulation.Threads.ThreadCount)];

    private void Write(Simulation simulation)
    {
        Stream stream = request.Terminal.Data;
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            foreach ((string name, object value) in Head(simulation))
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value);
            }

            json.WriteStartArray("log");
            foreach (Row row in _rows) Write(json, simulation, row);
            json.WriteEndArray();
            CheckReport.Write(json, _checks);
            json.WriteNumber("peak_memory_bytes", PeakMemory.Bytes());
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    private static void Write(Utf8JsonWriter json, Simulation simulation, Row row)
    {
        json.WriteStartObject();
        json.WriteNumber("step", row.Step);
        json.WriteNumber("time", row.Time);
        for (int i = 0; i < row.Values.Length; i++) FieldJson.NumberOrNull(json, simulation.Invariants[i].Name, row.Values[i]);
        json.WriteNumber("seconds_a_step", row.Seconds);
        json.WriteEndObject();
    }

    private readonly record struct Row(long Step, double Time, double[] Values, double Seconds);
}
