using System.CommandLine;
using System.Text.Json;

namespace Fmm.Samples;

/// <summary><c>fmm scenes</c>: what <c>fmm run</c> can show, a line of physics each.</summary>
internal static class ScenesCommand
{
    /// <summary>The command for the parser.</summary>
    public static Command Build(Terminal terminal)
    {
        Command command = new("scenes", "List the scenes that fmm run knows, with a line of physics each");
        Option<bool> json = new("--json") { Description = "Print one JSON object on standard output and nothing else" };
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json)) Write(terminal.Data);
            else Tell(terminal.Output);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(TextWriter output)
    {
        int width = SceneSet.All.Max(scene => scene.Name.Length);
        foreach (Scene scene in SceneSet.All) output.WriteLine($"{scene.Name.PadRight(width)}  {scene.Description}");
    }

    private static void Write(Stream stream)
    {
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("scenes");
            foreach (Scene scene in SceneSet.All)
            {
                json.WriteStartObject();
                json.WriteString("name", scene.Name);
                json.WriteString("description", scene.Description);
                json.WriteBoolean("steps", !scene.Foreign.Contains("--steps"));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }
}
