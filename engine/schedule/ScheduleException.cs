namespace Fmm.Engine;

/// <summary>A schedule can't be built: a cycle, a conflict without an order, or a name that is unknown or used twice.</summary>
public sealed class ScheduleException : InvalidOperationException
{
    /// <summary>An exception without details; for serialisers and tests.</summary>
    public ScheduleException()
        : this("The schedule can't be built.")
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">The message.</param>
    public ScheduleException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public ScheduleException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
