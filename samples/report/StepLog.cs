using System.Text.Json;

namespace Fmm.Samples;

/// <summary>The steps of a scene that moves: a line each as they come, or one JSON object at the end.</summary>
internal sealed class StepLog(SceneRequest request)
{
    private readonly List<Row> _rows = [];

    /// <summary>Tells what runs.</summary>
    /// <param name="head">The scene's settings by name, in the order in which they are told.</param>
    public void Begin(params ReadOnlySpan<(string Name, object Value)> head)
    {
        Head = [.. head];
        if (request.Json) return;
        TextWriter output = request.Terminal.Output;
        output.WriteLine($"{Head[0].Value}: {string.Join(", ", Head.Skip(1).Select(one => FormattableString.Invariant($"{one.Name} {one.Value}")))}");
        output.WriteLine(" step    time   energy drift   momentum drift   seconds a step");
    }

    /// <summary>Tells a step.</summary>
    /// <param name="step">Its number, from 1.</param>
    /// <param name="time">The time after it.</param>
    /// <param name="energy">The relative drift of the energy since the beginning.</param>
    /// <param name="momentum">The drift of the momentum, relative to the sum of its parts.</param>
    /// <param name="seconds">Wall time of a step so far.</param>
    public void Add(int step, double time, double energy, double momentum, double seconds)
    {
        _rows.Add(new Row(step, time, energy, momentum, seconds));
        if (!request.Json) request.Terminal.Output.WriteLine($"{step,5}{time,8:0.000}{energy,15:0.0e+0}{momentum,17:0.0e+0}{seconds,17:0.0000}");
    }

    /// <summary>Writes the object where one is asked for.</summary>
    public void End()
    {
        if (!request.Json) return;
        Stream stream = request.Terminal.Data;
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            foreach ((string name, object value) in Head)
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
                FieldJson.NumberOrNull(json, "energy_drift", row.Energy);
                FieldJson.NumberOrNull(json, "momentum_drift", row.Momentum);
                json.WriteNumber("seconds_a_step", row.Seconds);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("peak_memory_bytes", PeakMemory.Bytes());
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    private (string Name, object Value)[] Head { get; set; } = [];

    private readonly record struct Row(int Step, double Time, double Energy, double Momentum, double Seconds);
}
