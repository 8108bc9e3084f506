namespace Fmm.Engine;

/// <summary>Native memory was written outside of a buffer, or after it was freed; only a guarded <see cref="Ledger"/> tells.</summary>
public sealed class MemoryGuardException : InvalidOperationException
{
    /// <summary>An exception without details; for serialisers and tests.</summary>
    public MemoryGuardException()
        : this("Native memory was written outside of a buffer.")
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">The buffer, its size and the side that was overwritten.</param>
    public MemoryGuardException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">The buffer, its size and the side that was overwritten.</param>
    /// <param name="innerException">The cause.</param>
    public MemoryGuardException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
