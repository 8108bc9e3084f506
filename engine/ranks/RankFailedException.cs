namespace Fmm.Engine;

/// <summary>The ranks can't go on together: one has failed, did not come in time, or says something else than this one expects.</summary>
/// <param name="message">Which rank, what was waited for, and why.</param>
/// <param name="inner">What is behind it, if it is known here.</param>
/// <param name="isAgreed">Whether all ranks know: see <see cref="IsAgreed"/>.</param>
public sealed class RankFailedException(string message, Exception? inner = null, bool isAgreed = false) : Exception(message, inner)
{
    /// <summary>
    /// Whether the call ended on all ranks alike, with this or with what one of them refused: none waits for another, and they may go on. Otherwise they have lost each other.
    /// </summary>
    public bool IsAgreed => isAgreed;
}
