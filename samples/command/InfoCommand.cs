using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary><c>fmm info</c>: what this machine offers and what the engine takes of it.</summary>
internal static class InfoCommand
{
    /// <summary>The command for the parser.</summary>
    public static Command Build(Terminal terminal)
    {
        Command command = new("info", "Tell which linear algebra, vector width, threads and memory the engine takes on this machine");
        Option<bool> json = new("--json") { Description = "Print one JSON object on standard output and nothing else" };
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            (RegisterWidth width, string algebra) = Machine.Choice();
            if (parsed.GetValue(json)) Write(terminal.Data, width, algebra);
            else Tell(terminal.Output, width, algebra);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(TextWriter output, RegisterWidth width, string algebra)
    {
        output.WriteLine($"linear algebra  {algebra}");
        output.WriteLine($"vector width    {(width == RegisterWidth.Scalar ? "scalars" : $"{(int)width} bits")}");
        output.WriteLine($"threads         {Environment.ProcessorCount}");
        output.WriteLine($"memory          {(FreeMemory.Bytes() is long free ? $"{free / 1e9:0.0} GB free" : "not known")}");
        output.WriteLine($"runtime         {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
    }

    private static void Write(Stream stream, RegisterWidth width, string algebra)
    {
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("linear_algebra", algebra);
            json.WriteNumber("vector_bits", width == RegisterWidth.Scalar ? 0 : (int)width);
            json.WriteNumber("threads", Environment.ProcessorCount);
            FieldJson.NumberOrNull(json, "free_memory_bytes", FreeMemory.Bytes());
            json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
            json.WriteString("platform", RuntimeInformation.RuntimeIdentifier);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }
}
