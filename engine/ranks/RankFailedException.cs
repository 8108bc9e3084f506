namespace Fmm.Engine;

/// <summary>The ranks can't go on together: one has failed, did not come in time, or says something else than this one expects.</summary>
/// <param name="message">Which rank, what was waited for, and why.</param>
/// <param name="inner">What is behind it, if it is known here.</param>
public sealed class RankFailedException(string message, Exception? inner = null) : Exception(message, inner);
