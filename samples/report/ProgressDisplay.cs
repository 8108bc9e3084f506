namespace Fmm.Samples;

/// <summary>A progress line on a screen; nothing at all in a pipe.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs the work, drawing what it reports; the line is gone when it returns or throws.</summary>
    /// <param name="line">The line, disposed at the end; null for none.</param>
    /// <param name="work">The work.</param>
    public static TResult Show<TResult>(ProgressLine? line, Func<IProgress<RunProgress>?, TResult> work)
    {
        using (line) return work(line);
    }
}
