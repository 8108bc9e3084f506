namespace Fmm.Samples;

/// <summary>With --strict: everything was done and written, but not to what was asked; ends as <see cref="ExitCode.NotReached"/>.</summary>
public sealed class NotReachedException(string message) : Exception(message);
