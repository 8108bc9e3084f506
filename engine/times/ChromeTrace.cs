using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;

namespace Fmm.Engine;

/// <summary>An update as a Chrome trace: JSON for chrome://tracing, Perfetto and Speedscope.</summary>
public static class ChromeTrace
{
    /// <summary>
    /// Writes the last update: one row a worker, one span for each stretch that it spent in one system, times in
    /// microseconds. Each worker keeps its first 4096 spans.
    /// </summary>
    /// <param name="times">The schedule's times.</param>
    /// <param name="writer">Receives the JSON.</param>
    public static void Write(SystemTimes times, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(writer);
        Executor executor = times.Executor;
        writer.Write("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n");
        writer.Write($"{{\"name\":\"process_name\",\"ph\":\"M\",\"pid\":1,\"args\":{{\"name\":\"{Escape(times.Schedule)}\"}}}}");
        foreach (WorkerState worker in executor.Workers)
        {
            string dropped = worker.Log.Dropped == 0 ? "" : $" ({worker.Log.Dropped} later spans left out)";
            writer.Write($",\n{{\"name\":\"thread_name\",\"ph\":\"M\",\"pid\":1,\"tid\":{worker.Index},\"args\":{{\"name\":\"worker {worker.Index}{dropped}\"}}}}");
            foreach (TraceLog.Span span in worker.Log.Spans)
            {
                double start = Microseconds(span.Start - executor.StartTicks);
                double duration = Microseconds(span.End - span.Start);
                writer.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $",\n{{\"name\":\"{Escape(executor.Nodes[span.Rank].Name)}\",\"ph\":\"X\",\"pid\":1,\"tid\":{worker.Index},\"ts\":{start:F3},\"dur\":{duration:F3}}}"));
            }
        }
        writer.Write("\n]}\n");
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;

    private static string Escape(string text) => JavaScriptEncoder.Default.Encode(text);
}
