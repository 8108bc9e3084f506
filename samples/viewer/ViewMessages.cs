using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Fmm.Samples;

/// <summary>The messages to a viewer that are not frames: texts of one JSON object with its kind in "type", and the sizes of points.</summary>
internal static class ViewMessages
{
    /// <summary>What runs: numbers to choose from, systems and their rows.</summary>
    public static ReadOnlyMemory<byte> Scene(ViewScene scene) => Text("scene", json =>
    {
        json.WriteString("name", scene.Name);
        json.WriteNumber("run", scene.Run);
        json.WriteNumber("steps", scene.Steps);
        json.WriteNumber("threads", scene.Threads);
        json.WriteStartObject("head");
        foreach ((string name, object value) in scene.Head)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("numbers");
        foreach (BodyNumber one in scene.Numbers) WriteObject(json, ("name", one.Name), ("unit", one.Unit));
        json.WriteEndArray();
        json.WriteStartArray("systems");
        foreach (SystemRows one in scene.Systems)
        {
            json.WriteStartObject();
            json.WriteString("name", one.Name);
            json.WriteString("access", one.Access);
            json.WriteBoolean("points", one.TouchesPoints);
            json.WriteNumber("levels", one.Levels);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("invariants");
        foreach ((string name, bool isDrift) in scene.Invariants) WriteObject(json, ("name", name), ("kind", isDrift ? "drift" : "value"));
        json.WriteEndArray();
    });

    /// <summary>Where the run stands: paused, at its end.</summary>
    public static ReadOnlyMemory<byte> State(ViewControl control, bool isOver, int viewers) => Text("state", json =>
    {
        json.WriteBoolean("paused", control.IsPaused);
        json.WriteNumber("limit", control.Limit);
        json.WriteBoolean("over", isOver);
        json.WriteNumber("viewers", viewers);
    });

    /// <summary>Times by system and what should stay as it is.</summary>
    public static ReadOnlyMemory<byte> Statistics(ViewStatistics statistics) => Text("statistics", json => statistics.Read((systems, values) =>
    {
        json.WriteNumber("step", statistics.Step);
        json.WriteNumber("time", statistics.Time);
        json.WriteNumber("seconds", statistics.Seconds);
        json.WriteNumber("rate", statistics.Rate);
        json.WriteStartArray("systems");
        foreach (double one in systems) json.WriteNumberValue(one);
        json.WriteEndArray();
        json.WriteStartArray("invariants");
        foreach (double one in values)
        {
            if (double.IsFinite(one)) json.WriteNumberValue(one);
            else json.WriteNullValue();
        }

        json.WriteEndArray();
    }));

    /// <summary>The sizes of points, in the order of a frame's.</summary>
    public static ReadOnlyMemory<byte> Sizes(float[] sizes)
    {
        byte[] bytes = new byte[FrameLayout.SizesHeadBytes + (sizes.Length * sizeof(float))];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, FrameLayout.Sizes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), FrameLayout.Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), sizes.Length);
        MemoryMarshal.AsBytes<float>(sizes).CopyTo(bytes.AsSpan(FrameLayout.SizesHeadBytes));
        return bytes;
    }

    private static ReadOnlyMemory<byte> Text(string type, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            write(json);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private static void WriteObject(Utf8JsonWriter json, params ReadOnlySpan<(string Name, string Value)> values)
    {
        json.WriteStartObject();
        foreach ((string name, string value) in values) json.WriteString(name, value);
        json.WriteEndObject();
    }
}
