using System.Buffers;
using System.Text.Json;
using Fmm.Systems;

namespace Fmm.Library;

/// <summary>What callers are told as JSON.</summary>
internal static class Json
{
    /// <summary>What ran last; the members are those of <c>fmm run --json</c>, and what else a report has.</summary>
    public static ReadOnlySpan<byte> Of(FmmReport report) => Write(json =>
    {
        json.WriteStartObject();
        ReportJson.Write(json, report);
        json.WriteString("parameters", report.Parameters);
        json.WriteString("algebra", report.Algebra);
        json.WriteString("ranks", report.Ranks);
        json.WriteNumber("registers", Exports.Width);
        json.WriteStartArray("warnings");
        foreach (string warning in report.Warnings) json.WriteStringValue(warning);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>The built-in kernels; the members are those of <c>fmm kernels --json</c>.</summary>
    public static ReadOnlySpan<byte> OfKernels() => Write(json =>
    {
        json.WriteStartArray();
        foreach (BuiltInKernel kernel in BuiltInKernel.All)
        {
            json.WriteStartObject();
            KernelJson.Write(json, kernel);
            json.WriteString("parity", kernel.Parity.ToString().ToLowerInvariant());
            json.WriteBoolean("hessian", kernel.HasHessian);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static ReadOnlySpan<byte> Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Indented = true })) write(json);
        return bytes.WrittenSpan;
    }
}
