namespace Fmm.Samples;

/// <summary>What the process's exit code tells a script.</summary>
public static class ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    public const int Done = 0;

    /// <summary>A failure inside the engine or the machine.</summary>
    public const int Failure = 1;

    /// <summary>The command line or the input is at fault.</summary>
    public const int BadInput = 2;

    /// <summary>Everything was done and written, but with --strict: the tolerance was not reached, or there was another warning.</summary>
    public const int NotReached = 3;

    /// <summary>Cancelled by Ctrl-C: the shells' code for an interrupted process.</summary>
    public const int Cancelled = 130;
}
