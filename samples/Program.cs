using System.Runtime.InteropServices;

namespace Fmm.Samples;

/// <summary>The process around <see cref="FmmCommand"/>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        using CancellationTokenSource cancellation = new();

        // The first interruption asks for a clean end; the second is left to the system, which ends the process.
        void Interrupt(PosixSignalContext context)
        {
            context.Cancel = !cancellation.IsCancellationRequested;
            cancellation.Cancel();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        return FmmCommand.Run(arguments, Terminal.Process(), cancellation.Token);
    }
}
