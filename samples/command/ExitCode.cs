namespace Fmm.Samples;

/// <summary>What the process's exit code tells a script.</summary>
public static class ExitCode
{
    /// <summary>Everything asked for was done, and its result written.</summary>
    public const int Done = 0;

    /// <summary>A failure inside the engine or of the machine: no memory left, a result that could not be written.</summary>
    public const int Failure = 1;

    /// <summary>The command line or the input is at fault; nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>Everything was done and written, but with --strict: the tolerance was not reached, a scene missed a check, or there was another warning.</summary>
    public const int NotReached = 3;

    /// <summary>Cancelled: the shells' code for a process that SIGINT has ended. Other signals are 128 and their number.</summary>
    public const int Cancelled = 130;

    /// <summary>The reader of standard output went before it had all: the shells' code for a process that SIGPIPE has ended.</summary>
    public const int BrokenPipe = 141;

    /// <summary>What shells add to the number of the signal that ended a process.</summary>
    internal const int Signal = 128;
}
