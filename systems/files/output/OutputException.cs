using System.Runtime.InteropServices;

namespace Fmm.Files;

/// <summary>A stream that broke under the bytes: the disk is full, the reader has gone, the descriptor is closed.</summary>
public sealed class OutputException : IOException
{
    /// <summary>The fault of a system call.</summary>
    /// <param name="name">What the user calls the stream.</param>
    /// <param name="error">The system's number of the error.</param>
    internal OutputException(string name, int error)
        : base($"{name}: {Reason(error)}")
    {
        IsBrokenPipe = error == Posix.BrokenPipe;
    }

    /// <summary>A fault that is told already.</summary>
    internal OutputException(string told)
        : base(told)
    {
    }

    /// <summary>The fault of another stream.</summary>
    /// <param name="name">What the user calls the stream.</param>
    /// <param name="cause">What happened.</param>
    public OutputException(string name, Exception cause)
        : base($"{name}: {cause.Message}", cause)
    {
    }

    /// <summary>True where the reader has gone: there is nobody to tell, and the process ends as if the signal had ended it.</summary>
    public bool IsBrokenPipe { get; }

    /// <summary>What an exception of .NET means for who writes, and the remedy.</summary>
    internal static string Reason(Exception fault)
    {
        // .NET makes an argument out of range of what the system calls a file that is too large.
        if (fault is ArgumentOutOfRangeException) return Reason(27);
        return fault is IOException && fault.HResult is 27 or 28 or 122 ? Reason(fault.HResult) : $"it can't be written: {fault.Message.ReplaceLineEndings(" ")}";
    }

    /// <summary>What an error of the system means for who writes, and the remedy.</summary>
    internal static string Reason(int error) => error switch
    {
        Posix.BadDescriptor => "it is closed; give it a file or a pipe, or /dev/null",
        Posix.BrokenPipe => "the reader has closed it",
        28 => "no space is left on the device; free some or write elsewhere",
        27 => "the file would be larger than is allowed (ulimit -f); raise the limit or write elsewhere",
        122 => "the disk quota is used up; free some or write elsewhere",
        _ => Marshal.GetPInvokeErrorMessage(error),
    };
}
