namespace Fmm.Samples;

/// <summary>The process around <see cref="FmmCommand"/>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        Terminal terminal = Terminal.Process();
        using Interruption interruption = new(terminal);
        return interruption.ExitCodeOf(FmmCommand.Run(arguments, terminal, interruption.Token));
    }
}
