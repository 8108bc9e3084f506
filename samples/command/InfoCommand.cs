using System.CommandLine;
using System.Runtime.InteropServices;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary><c>fmm info</c>: what this machine offers and what the engine takes of it.</summary>
internal static class InfoCommand
{
    /// <summary>The command for the parser.</summary>
    public static Command Build(Terminal terminal)
    {
        Command command = new("info", "Tell which linear algebra, vector width and threads the engine takes on this machine");
        command.SetAction(_ =>
        {
            (LaneWidth width, string algebra) = Machine.Choice();
            terminal.Output.WriteLine($"linear algebra  {algebra}");
            terminal.Output.WriteLine($"vector width    {(width == LaneWidth.Scalar ? "scalars" : $"{(int)width} bits")}");
            terminal.Output.WriteLine($"threads         {Environment.ProcessorCount}");
            terminal.Output.WriteLine($"runtime         {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
            return ExitCode.Done;
        });
        return command;
    }
}
