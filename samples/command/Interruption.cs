using System.Globalization;
using System.Runtime.InteropServices;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>
/// Signals that ask the process to end. The first one cancels the run, which then ends by itself; where it can't, because it waits
/// for a pipe or works on something long, the process is ended from here a moment later, without leaving a file behind. A step of a simulation is
/// let end, however long that takes, and its run then writes what it has; a second signal waits for nothing.
/// </summary>
internal sealed class Interruption : IDisposable
{
    // What signal(7) lists as ending a process and can be caught, but for those that tell of a fault of the program itself.
    // On Linux: SIGHUP, INT, QUIT, USR1, USR2, ALRM, TERM, STKFLT, XCPU, VTALRM, PROF, IO and PWR.
    private static readonly int[] _ending = OperatingSystem.IsLinux()
        ? [1, 2, 3, 10, 12, 14, 15, 16, 24, 26, 27, 29, 30]
        : [(int)PosixSignal.SIGINT, (int)PosixSignal.SIGTERM];

    // A write past the limit of a file's size then fails, and is told as any other failure.
    private const int FileSizeExceeded = 25;
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _cancellation = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Terminal _terminal;
    private int _signal;

    /// <summary>Listens, except to signals that whoever started the process wants it to ignore: nohup, or a shell's background.</summary>
    public Interruption(Terminal terminal)
    {
        _terminal = terminal;
        ulong ignored = Ignored();
        foreach (int number in _ending)
        {
            if (number > 0 && (ignored & (1UL << (number - 1))) != 0) continue;
            _registrations.Add(PosixSignalRegistration.Create((PosixSignal)number, context => End(context, number)));
        }

        if (OperatingSystem.IsLinux()) _registrations.Add(PosixSignalRegistration.Create((PosixSignal)FileSizeExceeded, context => context.Cancel = true));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>The exit code of a run: where a signal has cancelled it, 128 and the signal's number, as shells tell it.</summary>
    public int ExitCodeOf(int code) => code == ExitCode.Cancelled && _signal > 0 ? ExitCode.Signal + _signal : code;

    /// <summary>The run has ended by itself: signals have nothing left to do.</summary>
    public void Dispose()
    {
        _ended.Set();
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
    }

    private void End(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        bool first = Interlocked.CompareExchange(ref _signal, number, 0) == 0;
        _cancellation.Cancel();
        if (first && EndsByItself()) return;
        if (_ended.IsSet) return;
        _terminal.Outputs.AbandonAll();
        _terminal.LastWord(FmmCommand.CancelledText);
        int code = ExitCodeOf(ExitCode.Cancelled);
        if (OperatingSystem.IsLinux()) Posix.Exit(code);
        Environment.Exit(code);
    }

    private bool EndsByItself()
    {
        bool isStepping, isTold = false;
        do
        {
            isStepping = _terminal.IsStepping;
            if (_ended.Wait(_patience)) return true;
            if (!isTold && _terminal.IsStepping) _terminal.LastWord("note: the run ends after this step; another signal ends it at once");
            isTold = true;
        }
        while (isStepping || _terminal.IsStepping);
        return false;
    }

    /// <summary>The signals that were ignored when the process started, a bit each; the runtime leaves those alone.</summary>
    private static ulong Ignored()
    {
        const string Line = "SigIgn:";
        try
        {
            string? line = OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/status").FirstOrDefault(one => one.StartsWith(Line, StringComparison.Ordinal)) : null;
            return line is null ? 0 : ulong.Parse(line.AsSpan(Line.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
