using System.Diagnostics;
using System.Globalization;

namespace Fmm.Samples;

/// <summary>One live line on a screen: how far the run is, how fast, and how long it will take still. The first to watch, so that lines of others stand alone.</summary>
/// <param name="line">The line.</param>
/// <param name="steps">The number of the last step.</param>
internal sealed class StepProgress(ProgressLine line, int steps) : ISimulationObserver
{
    private readonly char[] _text = new char[160];
    private long _begin;
    private long _first;

    /// <summary>How long something takes, in a few letters.</summary>
    public static (double Number, string Unit) Span(double seconds) =>
        seconds < 100 ? (seconds, "s") : seconds < 6000 ? (seconds / 60, "min") : seconds < 360_000 ? (seconds / 3600, "h") : (seconds / 86_400, "days");

    /// <inheritdoc/>
    public void Begin(Simulation simulation) => (_begin, _first) = (Stopwatch.GetTimestamp(), simulation.Clock.Steps);

    /// <inheritdoc/>
    public void AfterStep(Simulation simulation, double seconds)
    {
        long step = simulation.Clock.Steps;
        if (StepLog.IsReported(step, steps))
        {
            line.Clear();
            return;
        }
        if (!line.IsDue) return;
        double rate = (step - _first) / Math.Max(1e-9, Stopwatch.GetElapsedTime(_begin).TotalSeconds);
        (double left, string unit) = Span((steps - step) / rate);
        _text.AsSpan().TryWrite(CultureInfo.InvariantCulture, $"step {step} of {steps} ({100 * step / steps} %), {rate:G3} steps a second, {(long)left} {unit} left", out int length);
        line.Draw(_text.AsSpan(0, length));
    }

    /// <inheritdoc/>
    public void Fail(Simulation simulation, string fault) => line.Clear();

    /// <inheritdoc/>
    public void End(Simulation simulation) => line.Clear();

    /// <inheritdoc/>
    public void Dispose() => line.Dispose();
}
