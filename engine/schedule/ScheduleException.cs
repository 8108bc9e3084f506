namespace Fmm.Engine;

/// <summary>A schedule can't be built, or has not the one system that is asked for: a cycle, a conflict without an order, a name used twice, or a
/// type of which there is no system or several.</summary>
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
