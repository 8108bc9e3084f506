namespace Fmm.Samples;

/// <summary>A run whose state is no longer finite, or that the method refuses to go on with.</summary>
/// <param name="message">Step, system and entity, and the remedy.</param>
/// <param name="cause">The exception through which it was found, or null.</param>
public sealed class DivergedException(string message, Exception? cause = null) : Exception(message, cause);
