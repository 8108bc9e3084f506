using Fmm.Files;

namespace Fmm.Samples;

/// <summary>What an exception that ends a command is to its user: an exit code, and a line.</summary>
/// <param name="Code">One of <see cref="ExitCode"/>.</param>
/// <param name="Message">What is told on standard error; null where nothing is.</param>
internal sealed record Failure(int Code, string? Message)
{
    /// <summary>What an exception comes to.</summary>
    public static Failure Of(Exception fault) => fault switch
    {
        InputException or DataFileException => new(ExitCode.BadInput, fault.Message),
        NotReachedException => new(ExitCode.NotReached, fault.Message),
        DivergedException => new(ExitCode.Failure, fault.Message),
        OperationCanceledException => new(ExitCode.Cancelled, FmmCommand.CancelledText),
        AgreedException agreed => agreed.Failure,
        // Whoever reads has seen enough (| head): no reason for words.
        OutputException { IsBrokenPipe: true } => new(ExitCode.BrokenPipe, null),
        OutputException => new(ExitCode.Failure, $"the result can't be written: {fault.Message}"),
        OutOfMemoryException => new(ExitCode.Failure, "there is not enough memory; take fewer points, --precision single or a larger --leaf"),
        Fmm.Engine.RankFailedException => new(ExitCode.Failure, fault.Message),
        _ => new(ExitCode.Failure, $"failure inside: {fault.GetType().Name}: {fault.Message}"),
    };

    /// <summary>Tells it.</summary>
    /// <returns>The exit code.</returns>
    public int Tell(Terminal terminal)
    {
        if (Message is not null) terminal.Refuse(Message);
        return Code;
    }
}
