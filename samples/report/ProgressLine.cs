using System.Diagnostics;

namespace Fmm.Samples;

/// <summary>One line of a terminal that tells how far a run is, never longer than the terminal is wide, and wiped away at the end.</summary>
/// <param name="screen">The terminal.</param>
/// <param name="width">Its columns, asked before every drawing: windows change.</param>
internal sealed class ProgressLine(TextWriter screen, Func<int> width) : IProgress<RunProgress>, IDisposable
{
    /// <summary>What takes the line away: to its first column, then erase to its end.</summary>
    public const string Wipe = "\r\u001b[K";

    private const int BarLength = 30;
    private const int NarrowestBar = 50;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(80);
    private readonly Lock _gate = new();
    private long _drawn;
    private double _fraction;
    private bool _ended;

    /// <inheritdoc/>
    public void Report(RunProgress value)
    {
        lock (_gate)
        {
            if (_ended) return;
            _fraction = Math.Clamp(value.Fraction, _fraction, 1);
            if (_drawn != 0 && Stopwatch.GetElapsedTime(_drawn) < _pause) return;
            _drawn = Stopwatch.GetTimestamp();
            screen.Write($"{Wipe}{Text(value.Name, _fraction, width() - 1)}");
        }
    }

    /// <summary>Whether the line has stood long enough to be drawn anew.</summary>
    public bool IsDue => _drawn == 0 || Stopwatch.GetElapsedTime(_drawn) >= _pause;

    /// <summary>Draws a text of the caller's own, cut to the terminal's width; allocates nothing.</summary>
    public void Draw(ReadOnlySpan<char> text)
    {
        lock (_gate)
        {
            if (_ended) return;
            _drawn = Stopwatch.GetTimestamp();
            screen.Write(Wipe.AsSpan());
            screen.Write(text[..Math.Clamp(width() - 1, 0, text.Length)]);
        }
    }

    /// <summary>Wipes the line away until it is drawn again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            if (_drawn != 0 && !_ended) screen.Write(Wipe.AsSpan());
            _drawn = 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_ended) return;
            _ended = true;
            if (_drawn != 0) screen.Write(Wipe);
        }
    }

    /// <summary>The line for a terminal in which so many columns may be written; the last one is left free, or the cursor would wrap.</summary>
    private static string Text(string name, double fraction, int columns)
    {
        int full = (int)(BarLength * fraction);
        string bar = columns + 1 < NarrowestBar ? "" : $"{new string('#', full)}{new string('.', BarLength - full)} ";
        string line = $"{bar}{100 * fraction,3:0} % {name}";
        return line.Length <= columns ? line : line[..Math.Max(0, columns)];
    }
}
