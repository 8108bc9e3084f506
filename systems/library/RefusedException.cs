namespace Fmm.Library;

/// <summary>A call that is refused, with the status that says why.</summary>
internal sealed class RefusedException(Status status, string message) : Exception(message)
{
    public Status Status { get; } = status;

    /// <summary>For an argument that can't be used.</summary>
    public static RefusedException Argument(string message) => new(Status.InvalidArgument, message);
}
